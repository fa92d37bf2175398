package clawsec.http.content;

import static clawsec.http.content.Codings.join;
import static clawsec.http.content.Codings.rawDeflate;
import static clawsec.http.content.Codings.zlib;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeflateStageTest {
    private static final String TEXT = "hello, hello, hello";
    private static final byte[] PLAIN = TEXT.getBytes(ISO_8859_1);
    private static final Decoded WHOLE = new Decoded(TEXT, List.of("deflate"), "");

    @Test
    void rfc1950_2_2_wrongChecksum_isNotedAndNoLoss_missingIsNone() {
        byte[] input = zlib(PLAIN);
        input[input.length - 1] ^= 1;
        assertEquals(
                new Decoded(TEXT, List.of("deflate"), "wrong deflate checksum"),
                Decoded.of("deflate", input));
        assertEquals(WHOLE, Decoded.of("deflate", Arrays.copyOf(input, input.length - 4)));
        assertEquals(WHOLE, Decoded.of("deflate", Arrays.copyOf(input, input.length - 1)));
    }

    @Test
    void decode_bytesAfterTheEnd_arePassedOn() {
        Decoded expected = new Decoded(TEXT + "xyz", List.of("deflate"), "bytes after deflate");
        byte[] rest = "xyz".getBytes(ISO_8859_1);
        assertEquals(expected, Decoded.of("deflate", join(zlib(PLAIN), rest)));
        assertEquals(expected, Decoded.of("deflate", join(rawDeflate(PLAIN), rest)));
    }

    @Test
    void end_tooEarly_isIncomplete() {
        assertEquals("", Decoded.of("deflate", new byte[0]).uninspected());
        Decoded oneByte = Decoded.of("deflate", new byte[] {'x'});
        assertEquals(new Decoded("x", List.of("deflate"), "incomplete deflate"), oneByte);
        assertEquals(
                "incomplete deflate",
                Decoded.of("deflate", Arrays.copyOf(zlib(PLAIN), 6)).uninspected());
    }

    @Test
    void decode_presetDictionary_isBroken() {
        byte[] input = {0x78, (byte) 0xbb, 1, 2, 3, 4, 5};
        assertEquals(
                "broken deflate",
                Decoded.whole("deflate", input, ContentLimits.DEFAULT).uninspected());
    }

    @Test
    void decode_plainText_isBrokenAndAllOfItPassedOn() {
        String text = "{\"key\": \"not compressed at all, whatever the field says\"}";
        Decoded decoded = Decoded.of("deflate", text.getBytes(ISO_8859_1));
        assertEquals("broken deflate", decoded.uninspected());
        assertTrue(decoded.content().endsWith(text), decoded::content);
    }

    /** Text that happens to pass for deflate data up to its end. */
    @Test
    void end_plainTextThatIsNotBroken_isPassedOn() {
        Decoded decoded = Decoded.of("deflate", "sk".getBytes(ISO_8859_1));
        assertEquals("incomplete deflate", decoded.uninspected());
        assertTrue(decoded.content().endsWith("sk"), decoded::content);
    }
}
