package clawsec.http.h1;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import clawsec.http.FieldLine;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrailersTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Transfer-Encoding",
                "CONTENT-LENGTH",
                "Content_Length",
                "transfer_encoding",
                "content-type",
                "Content-Encoding",
                "Content-Range",
                "Host",
                "Connection",
                "TE",
                "Trailer",
                "Authorization",
                "Cookie",
                "Set-Cookie",
                "If-None-Match",
                "Location",
                "Vary",
            })
    void rfc9110_6_5_1_fieldsThatSteer_areForbidden(String name) {
        assertFalse(Trailers.isAllowed(new FieldLine(name, "x")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"grpc-status", "Digest", "Content-Digest", "ETag", "Server-Timing", "x"})
    void rfc9110_6_5_1_otherFields_areAllowed(String name) {
        assertTrue(Trailers.isAllowed(new FieldLine(name, "x")));
    }
}
