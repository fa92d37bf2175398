package clawsec.http.content.brotli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StaticDictionaryTest {
    @ParameterizedTest
    @CsvSource({"static-dictionary.bin, 122784, 5136cb04", "transforms.bin, 648, 3d965f81"})
    void rfc7932_appendix_checkValue_isThatOfTheResource(String name, int size, String crc)
            throws IOException {
        try (InputStream in = StaticDictionary.class.getResourceAsStream(name)) {
            byte[] bytes = in.readAllBytes();
            CRC32 check = new CRC32();
            check.update(bytes);
            assertEquals(size, bytes.length);
            assertEquals(crc, Long.toHexString(check.getValue()));
        }
    }

    @Test
    void rfc7932_appendixB_firstWord_inSomeOfItsForms() {
        assertEquals("time", word(0, 4, 10));
        assertEquals(" time ", word(2, 4, 10));
        assertEquals("ime", word(3, 4, 10));
        assertEquals("Time ", word(4, 4, 10));
        assertEquals("tim", word(12, 4, 10));
        assertEquals("TIME", word(44, 4, 10));
        assertEquals("timing ", word(49, 4, 10));
        assertEquals(" the time of the ", word(73, 4, 10));
        assertEquals("\u00a0time", word(102, 4, 10));
        assertEquals(" Time='", word(120, 4, 10));
    }

    /** RFC 7932 §8: nothing is left where more is left out than there is. */
    @Test
    void rfc7932_8_omitMoreThanTheWord_isEmpty() {
        assertEquals("", word(54, 4, 10));
        assertEquals("", word(64, 4, 10));
    }

    private static String word(int transform, int length, int wordBits) {
        byte[] to = new byte[StaticDictionary.LONGEST_TRANSFORMED];
        int count = StaticDictionary.shared().write(transform << wordBits, length, to);
        return new String(to, 0, count, UTF_8);
    }
}
