package clawsec.detect.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a byte beyond ASCII may be in a sign, whose lower seven bits are those of a quote, say. */
class SignTablesTest {
    private static final int BLOCKS = 1;

    @ParameterizedTest
    @ValueSource(strings = {"%41 ", "&lt;", "=3D "})
    void mark_escapeWhoseFirstByteIsBeyondAscii_isNone(String sign) {
        assertEquals(1, signs(SignSearch.ESCAPES, sign, -1));
        assertEquals(0, signs(SignSearch.ESCAPES, sign, 0));
        assertEquals(1, signs(SignSearch.ESCAPES, sign, sign.length() - 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"c'at", "a$IF", " {ca", "c\\at", " `ec"})
    void mark_signOfAShellBeyondAscii_isNone(String sign) {
        assertEquals(1, signs(SignSearch.SHELL, sign, -1) & 1);
        assertEquals(0, signs(SignSearch.SHELL, sign, 1));
    }

    @Test
    void mark_pairAndOffsetOfWhichOneDigitIsBeyondAscii_isNone() {
        assertEquals(1, signs(SignSearch.PAIRS, " 73 ", -1));
        assertEquals(0, signs(SignSearch.PAIRS, " 73 ", 1));
        assertEquals(1, signs(SignSearch.PAIRS, ")73 ", 0));
        assertEquals(1, signs(SignSearch.DUMPS, "10: ", -1));
        assertEquals(0, signs(SignSearch.DUMPS, "10: ", 1));
    }

    /**
     * Where signs of a kind are, as bits.
     *
     * @param beyond index of the byte of which the highest bit is set; -1 for none
     */
    private static long signs(int kind, String sign, int beyond) {
        byte[] text = new byte[BLOCKS * SignSearch.BLOCK_BYTES + SignSearch.AHEAD_BYTES];
        byte[] ascii = sign.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(ascii, 0, text, 0, ascii.length);
        if (beyond >= 0) {
            text[beyond] |= (byte) 0x80;
        }
        long[] words = new long[BLOCKS * SignSearch.WORDS];
        new NarrowSigns().mark(text, 0, BLOCKS, words, 0);
        return words[kind];
    }
}
