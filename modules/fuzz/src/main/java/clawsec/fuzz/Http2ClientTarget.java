package clawsec.fuzz;

import clawsec.http.FieldLine;
import clawsec.http.Fields;
import clawsec.http.HttpVersion;
import clawsec.http.RequestHead;
import clawsec.http.h2.FieldSection;
import clawsec.http.h2.Http2Endpoint;
import clawsec.http.h2.Http2FrameDecoder;
import clawsec.http.h2.Http2Limits;
import clawsec.http.hpack.HpackLimits;
import java.util.Optional;
import java.util.Set;

/** What an origin of HTTP/2 answers to three requests. */
public final class Http2ClientTarget {
    private static final FieldSection.Request REQUEST =
            new FieldSection.Request(
                    new RequestHead(
                            "GET",
                            "/",
                            HttpVersion.HTTP_2,
                            Fields.of(new FieldLine("host", "a.example"))),
                    "https",
                    Optional.empty(),
                    Set.of());

    private Http2ClientTarget() {}

    public static void fuzzerTestOneInput(byte[] input) {
        Cuts.sameHoweverCut(
                input,
                0,
                pieces -> {
                    Http2Endpoint endpoint =
                            Http2Endpoint.client(
                                    Http2Limits.DEFAULT, Http2Reading.LIMITS, HpackLimits.DEFAULT);
                    endpoint.begin();
                    for (int i = 0; i < 3; i++) {
                        endpoint.request(REQUEST, i != 1);
                    }
                    return new Http2Reading(
                                    Http2FrameDecoder.ofOrigin(Http2Limits.DEFAULT), endpoint)
                            .read(pieces);
                });
    }
}
