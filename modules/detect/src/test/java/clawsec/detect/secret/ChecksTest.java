package clawsec.detect.secret;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The checks against published vectors, and against input of every kind. */
class ChecksTest {
    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource({"'', 0", "a, 0", "aaaa, 0", "ab, 1", "abab, 1", "abcd, 2", "aabc, 1.5"})
    void entropy(String text, double bits) {
        assertEquals(bits, Entropy.bits(bytes(text)), 1e-9);
    }

    /** Check characters computed with Python's zlib.crc32. */
    @ParameterizedTest
    @CsvSource({
        "0000000000000000000000000000002C8GjS, true",
        "AbCdEfGhIjKlMnOpQrStUvWxYz01232piBxe, true",
        "000000000000000000000000000000000000, false",
        "AAAAAA, false",
        "'', false",
    })
    void base62Crc32(String token, boolean isRight) {
        assertEquals(isRight, Base62Crc32.isRight(bytes(token)));
    }

    /** Numbers that card schemes publish for tests. */
    @ParameterizedTest
    @CsvSource({
        "4111111111111111, true",
        "4111 1111 1111 1111, true",
        "4111-1111-1111-1111, true",
        "378282246310005, true",
        "6011111111111117, true",
        "79927398713, true",
        "4111111111111112, false",
        "4111111111111x11, false",
        "0000000000000000, false",
        "0, false",
        "'', false",
    })
    void luhn(String number, boolean isRight) {
        assertEquals(isRight, Luhn.isRight(bytes(number)));
    }

    /** Examples of the IBAN registry. */
    @ParameterizedTest
    @CsvSource({
        "GB29NWBK60161331926819, true",
        "DE89 3704 0044 0532 0130 00, true",
        "NO9386011117947, true",
        "MT84MALT011000012345MTLCAST001S, true",
        "GB29NWBK60161331926818, false",
        "GB2, false",
        "DE89-3704-0044-0532-0130-00, false",
        "'', false",
    })
    void iban(String number, boolean isRight) {
        assertEquals(isRight, Iban.isRight(bytes(number)));
    }

    /** Test vectors of BIP-39. */
    @ParameterizedTest
    @CsvSource({
        "abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon"
                + " about, true",
        "legal winner thank year wave sausage worth useful legal winner thank yellow, true",
        "letter advice cage absurd amount doctor acoustic avoid letter advice cage absurd amount"
                + " doctor acoustic avoid letter always, true",
        "zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo"
                + " zoo vote, true",
        "Legal\\nWinner Thank-Year wave sausage worth useful legal winner thank yellow, true",
        "legal winner thank year wave sausage worth useful legal winner thank yellow and no, true",
        "legal winner thank year wave sausage worth useful legal winner thank year, false",
        "legal winner thank year wave sausage worth useful legal winner thank zzz, false",
        "legal winner thank, false",
        "'', false",
    })
    void seedPhrase(String words, boolean isRight) {
        assertEquals(isRight, SeedPhrase.isRight(bytes(words.replace("\\n", "\n"))));
    }

    /** RFC 7519 §3.1 and §6.1, RFC 7516 §3.3 shortened. */
    @ParameterizedTest
    @CsvSource({
        "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQog"
                + "Imh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.dBjftJeZ4CVP, true",
        "eyJhbGciOiJub25lIn0.eyJpc3MiOiJqb2UifQ., true",
        "eyJhbGciOiJSU0EtT0FFUCIsImVuYyI6IkEyNTZHQ00ifQ.OKOawDo13gRp.48V1_ALb6US04U3b.5eym.XFBo,"
                + " true",
        "eyJ0eXAiOiJKV1QifQ.eyJpc3MiOiJqb2UifQ.x, false",
        "eyJhbGciOiJub25lIn0.eyJpc3M*.x, false",
        "eyJhbGciOiJub25lIn0.am9l.x, false",
        "eyJhbGciOiJub25lIn0.eyJpc3MiOiJqb2UifQ, false",
        "'', false",
    })
    void jwt(String token, boolean isRight) {
        assertEquals(isRight, JwtStructure.isRight(bytes(token)));
    }

    @Test
    void anyBytes_areNeverAnError_andNearlyNeverRight() {
        Random random = new Random(7);
        for (int i = 0; i < 2_000; i++) {
            byte[] text = new byte[random.nextInt(60)];
            random.nextBytes(text);
            assertFalse(Base62Crc32.isRight(text), () -> Arrays.toString(text));
            assertFalse(Luhn.isRight(text), () -> Arrays.toString(text));
            assertFalse(Iban.isRight(text), () -> Arrays.toString(text));
            assertFalse(SeedPhrase.isRight(text), () -> Arrays.toString(text));
            assertFalse(JwtStructure.isRight(text), () -> Arrays.toString(text));
        }
    }
}
