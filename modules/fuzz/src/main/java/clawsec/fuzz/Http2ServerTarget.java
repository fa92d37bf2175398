package clawsec.fuzz;

import clawsec.http.h2.Http2Endpoint;
import clawsec.http.h2.Http2FrameDecoder;
import clawsec.http.h2.Http2Limits;
import clawsec.http.hpack.HpackLimits;

/** What a client of HTTP/2 sends: preface, frames, streams. */
public final class Http2ServerTarget {
    private Http2ServerTarget() {}

    public static void fuzzerTestOneInput(byte[] input) {
        Cuts.sameHoweverCut(
                input,
                0,
                pieces -> {
                    Http2Endpoint endpoint =
                            Http2Endpoint.server(
                                    Http2Limits.DEFAULT, Http2Reading.LIMITS, HpackLimits.DEFAULT);
                    endpoint.begin();
                    return new Http2Reading(
                                    Http2FrameDecoder.ofClient(Http2Limits.DEFAULT), endpoint)
                            .read(pieces);
                });
    }
}
