package clawsec.fuzz;

import clawsec.http.h1.Http1Limits;
import clawsec.http.h1.ResponseDecoder;

/** Responses of HTTP/1.1, as an origin sends them; the first byte says what they answer. */
public final class Http1ResponseTarget {
    private static final Http1Limits LIMITS = new Http1Limits(2_048, 512, 16, 64);
    private static final String[] METHODS = {"GET", "HEAD", "CONNECT", "POST"};

    private Http1ResponseTarget() {}

    public static void fuzzerTestOneInput(byte[] input) {
        if (input.length == 0) {
            return;
        }
        Cuts.sameHoweverCut(
                input,
                1,
                pieces -> {
                    ResponseDecoder decoder = new ResponseDecoder(LIMITS);
                    decoder.expect(METHODS[input[0] & 3]);
                    var events = new Http1Reading(decoder::poll).read(pieces);
                    events.add(decoder.endOfInput().toString());
                    return events;
                });
    }
}
