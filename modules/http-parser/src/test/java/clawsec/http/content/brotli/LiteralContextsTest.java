package clawsec.http.content.brotli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.function.IntUnaryOperator;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

class LiteralContextsTest {
    @Test
    void rfc7932_7_1_checkValues_areThoseOfTheTables() {
        assertEquals("8e91efb7", crc(LiteralContexts::lut0));
        assertEquals("d01a32f4", crc(LiteralContexts::lut1));
        assertEquals("dd7a0d6", crc(LiteralContexts::lut2));
    }

    private static String crc(IntUnaryOperator table) {
        CRC32 check = new CRC32();
        for (int octet = 0; octet < 256; octet++) {
            check.update(table.applyAsInt(octet));
        }
        return Long.toHexString(check.getValue());
    }
}
