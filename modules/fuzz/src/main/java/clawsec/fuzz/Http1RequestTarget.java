package clawsec.fuzz;

import clawsec.http.h1.Http1Limits;
import clawsec.http.h1.RequestDecoder;

/** Requests of HTTP/1.1, as a client sends them. */
public final class Http1RequestTarget {
    private static final Http1Limits LIMITS = new Http1Limits(2_048, 512, 16, 64);

    private Http1RequestTarget() {}

    public static void fuzzerTestOneInput(byte[] input) {
        Cuts.sameHoweverCut(
                input,
                0,
                pieces -> {
                    RequestDecoder decoder = new RequestDecoder(LIMITS);
                    Http1Reading reading =
                            new Http1Reading(in -> {
                                var event = decoder.poll(in);
                                if (decoder.heldBytes() > 6 * LIMITS.headBytes()) {
                                    throw new IllegalStateException(
                                            decoder.heldBytes() + " bytes held");
                                }
                                return event;
                            });
                    var events = reading.read(pieces);
                    events.add(decoder.endOfInput().toString());
                    return events;
                });
    }
}
