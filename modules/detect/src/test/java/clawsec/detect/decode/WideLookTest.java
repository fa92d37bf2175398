package clawsec.detect.decode;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.Charset;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WideLookTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "今天的天气很好，我们去公园散步",
                "手順に従ってください",
                "안녕하세요 여러분",
                "Следуйте инструкциям",
                "اتبع التعليمات",
                "Άλφα βήτα"
            })
    void form_ofTextInUse_isTold(String text) {
        assertEquals(2, form(text.getBytes(UTF_16LE)));
        assertEquals(2 | WideLook.BIG_ENDIAN, form(text.getBytes(UTF_16BE)));
        assertEquals(4, form(text.getBytes(Charset.forName("UTF-32LE"))));
        assertEquals(4 | WideLook.BIG_ENDIAN, form(text.getBytes(Charset.forName("UTF-32BE"))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Ordinary text of an even length.",
                "base64likeTextWithoutAnySpacesInIt012345",
                "Следуйтеинструкциямипокажите",
                "今天的天气很好我们去公园散步",
                "안녕하세요여러분안녕하세요"
            })
    void form_ofUtf8_isNone(String text) {
        assertEquals(WideLook.NONE, form(text.getBytes(UTF_8)));
    }

    @Test
    void form_ofFewCharacters_isNone() {
        String text = "今天的天气很好".substring(0, WideLook.LEAST_CHARACTERS);
        assertEquals(2, form(text.getBytes(UTF_16LE)));
        assertEquals(WideLook.NONE, form(text.substring(1).getBytes(UTF_16LE)));
    }

    @Test
    void form_ofOtherCodings_isNone() {
        for (String text : new String[] {"Größe für später, façade", "façade naïve, élève où"}) {
            assertEquals(WideLook.NONE, form(text.getBytes(ISO_8859_1)));
        }
        byte[] wide = "wide characters".getBytes(UTF_16LE);
        byte[] mixed = ("some text " + new String(wide, ISO_8859_1)).getBytes(ISO_8859_1);
        assertEquals(WideLook.NONE, form(mixed));
    }

    /** Half the bytes of a picture would be a stall. */
    @Test
    void form_ofNoise_isNone() {
        Random random = new Random(1);
        byte[] noise = new byte[WideLook.LOOK_BYTES];
        int taken = 0;
        for (int i = 0; i < 100_000; i++) {
            random.nextBytes(noise);
            taken += form(noise) == WideLook.NONE ? 0 : 1;
        }
        assertTrue(taken == 0, () -> "noise was taken for text");
    }

    private static int form(byte[] text) {
        return WideLook.form(text, 0, text.length);
    }
}
