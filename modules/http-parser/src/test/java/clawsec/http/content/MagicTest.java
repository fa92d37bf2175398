package clawsec.http.content;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class MagicTest {
    @Test
    void of_firstBytes_tellTheCoding() {
        assertEquals(Magic.GZIP, of("\u001f\u008b\u0008\u0000"));
        assertEquals(Magic.GZIP, of("\u001f\u008b\u0008\u001f"));
        assertEquals(Magic.ZSTD, of("(\u00b5/\u00fd"));
        assertEquals(Magic.ZSTD, of("P*M\u0018"));
        assertEquals(Magic.ZSTD, of("_*M\u0018"));
    }

    @Test
    void of_fewerBytes_isUndecidedWhileTheyMayBe() {
        for (String magic :
                new String[] {"\u001f\u008b\u0008\u0000", "(\u00b5/\u00fd", "S*M\u0018"}) {
            for (int count = 1; count < Magic.BYTES; count++) {
                assertEquals(Magic.UNDECIDED, of(magic.substring(0, count)), magic);
                assertEquals(Magic.NONE, of(magic.substring(0, count) + "x"), magic);
            }
        }
    }

    @Test
    void of_others_isNone() {
        assertEquals(Magic.UNDECIDED, of(""));
        assertEquals(Magic.NONE, of("{\"a\""));
        assertEquals(Magic.NONE, of("x\u009c.."));
        assertEquals(Magic.NONE, of("PK\u0003\u0004"));
        assertEquals(Magic.NONE, of("\u001f\u008b\u0008\u0020"), "a reserved flag");
    }

    private static Magic of(String start) {
        byte[] bytes = Arrays.copyOf(start.getBytes(ISO_8859_1), Magic.BYTES);
        return Magic.of(bytes, start.length());
    }
}
