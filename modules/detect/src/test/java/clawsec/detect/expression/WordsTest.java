package clawsec.detect.expression;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordsTest {
    @Test
    void endsBefore_underscoreOutsideNames_isOfNoWord() {
        assertFalse(Words.endsBefore(new byte[] {'a', '_', 'x'}, 2, ByteSet.WORD_OF_NAME));
        assertTrue(Words.endsBefore(new byte[] {'_', 'a', 'x'}, 2, ByteSet.WORD_OF_NAME));
    }

    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
                    '', false
                    'a', true
                    '_', true
                    'a ', false
                    'a-', false
                    'n', true
                    '\\n', false
                    '\\r', false
                    '\\t', false
                    '\\\\n', false
                    '%22', false
                    '%3D', false
                    '%3d', false
                    '%41', true
                    '22', true
                    'x22', true
                    '\\x22', false
                    '\\u0022', false
                    '\\u0041', true
                    'u0022', true
                    '\\u0122', true
                    """)
    void endsBefore_escapes_countAsWhatTheyStandFor(String before, boolean endsInWord) {
        byte[] text = (before + "x").getBytes(StandardCharsets.ISO_8859_1);
        assertEquals(endsInWord, Words.endsBefore(text, before.length(), ByteSet.WORD));
    }
}
