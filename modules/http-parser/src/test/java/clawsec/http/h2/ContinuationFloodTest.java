package clawsec.http.h2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A header block that never ends (CVE-2024-27316 and its like), large or empty. */
class ContinuationFloodTest {
    private static final Http2Limits LIMITS = new Http2Limits(16_384, 1_000, 4, 32);

    @Test
    void continuations_atTheLimit_areTakenAndOneMoreBreaksTheConnection() {
        assertEquals("headers 1 82", last(4, "", LIMITS));
        assertEquals(
                "ENHANCE_YOUR_CALM 0 RFC 9113 §10.5: header block of more than 4 CONTINUATION"
                        + " frames",
                last(5, "", LIMITS));
    }

    @Test
    void headerBlockBytes_atTheLimit_areTakenAndOneMoreBreaksTheConnection() {
        assertTrue(last(3, "00".repeat(333), LIMITS).startsWith("headers 1 82"));
        assertEquals(
                "ENHANCE_YOUR_CALM 0 RFC 9113 §10.5.1: header block exceeds 1000 bytes",
                last(4, "00".repeat(250), LIMITS));
    }

    @Test
    void settings_atTheLimit_areTakenAndOneMoreBreaksTheConnection() {
        List<Http2Setting> some = Collections.nCopies(32, new Http2Setting(99, 0));
        List<Http2Setting> many = Collections.nCopies(33, new Http2Setting(99, 0));
        assertEquals(
                List.of("settings 0", "settings 32"),
                Frames.read(
                        Http2FrameDecoder.ofOrigin(LIMITS),
                        Frames.afterSettings(Http2FrameEncoder.settings(some)),
                        100));
        assertEquals(
                "ENHANCE_YOUR_CALM 0 RFC 9113 §10.5: 33 settings exceed 32",
                Frames.read(
                                Http2FrameDecoder.ofOrigin(LIMITS),
                                Frames.afterSettings(Http2FrameEncoder.settings(many)),
                                100)
                        .getLast());
    }

    /** What comes of HEADERS with one byte and so many CONTINUATION frames. */
    private static String last(int continuations, String payload, Http2Limits limits) {
        byte[][] frames = new byte[continuations + 1][];
        frames[0] = Frames.bytes("000001 01 00 00000001 82");
        int length = payload.length() / 2;
        for (int i = 1; i <= continuations; i++) {
            String flags = i == continuations ? "04" : "00";
            frames[i] = Frames.bytes("%06x 09 %s 00000001 %s".formatted(length, flags, payload));
        }
        byte[] all = Frames.afterSettings(frames);
        return Frames.read(Http2FrameDecoder.ofOrigin(limits), all, all.length).getLast();
    }
}
