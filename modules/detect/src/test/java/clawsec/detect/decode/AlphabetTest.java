package clawsec.detect.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** What is told of eight characters at once is what is told of each. */
class AlphabetTest {
    private static final int MIN = RunReader.MIN_CHARACTERS;

    @Property(tries = 2000)
    void isMixed_isAsOfEachCharacter(@ForAll("runs") String run) {
        byte[] text = run.getBytes(StandardCharsets.US_ASCII);
        boolean isMixed = false;
        for (int from = 0; from + 8 <= text.length; from++) {
            String rest = run.substring(from);
            isMixed = rest.matches(".*[a-z].*") && rest.matches(".*[A-Z].*");
            assertEquals(isMixed, Alphabet.isMixed(text, from, text.length), rest);
        }
    }

    @Property(tries = 2000)
    void isWords_ofWhatACodeMayHaveWritten_isFalse(@ForAll("runs") String run) {
        byte[] text = run.getBytes(StandardCharsets.US_ASCII);
        byte[] out = new byte[text.length];
        if (Alphabet.isWords(text, 0, text.length)) {
            assertFalse(run.contains("/") || run.contains("0x"));
            int kinds = Alphabet.kindsOf(text, 0, text.length);
            assertFalse(RunCode.BASE64.isPlausible(kinds));
            assertEquals(-1, RunCode.HEX.decode(text, 0, MIN, 0, 0, out));
            assertEquals(-1, RunCode.BASE32.decode(text, 0, MIN, 0, 0, out));
        }
    }

    @Test
    void isWords_ofANameInSmallLetters_isTrue() {
        byte[] text = "content_block_delta".getBytes(StandardCharsets.US_ASCII);
        assertTrue(Alphabet.isWords(text, 0, text.length));
    }

    @Provide
    Arbitrary<String> runs() {
        return Arbitraries.of("ab_", "c", "-", "d_e", "X", "0x", "/", "2", "zz")
                .list()
                .ofMinSize(MIN)
                .ofMaxSize(64)
                .map(parts -> String.join("", parts))
                .map(run -> run.substring(0, Math.min(64, run.length())));
    }
}
