package clawsec.http.zstd;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;

import clawsec.testkit.Splits;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class XxHash64Test {
    /** Longer texts: the checksums in testdata/codings, which ZstdStageTest reads. */
    @ParameterizedTest
    @CsvSource({
        "'', ef46db3751d8e999",
        "a, d24ec4f1a98c6e5b",
        "abc, 44bc2cf5ad770999",
        "0123456789abcdef0123456789abcdef, 642a94958e71e6c5",
    })
    void value_ofText_isTheKnownOne(String text, String expected) {
        byte[] bytes = text.getBytes(US_ASCII);
        Splits.of(bytes).forEach(pieces -> assertEquals(expected, hash(pieces)));
    }

    private static String hash(List<ByteBuffer> pieces) {
        XxHash64 hash = new XxHash64();
        pieces.forEach(hash::update);
        return HexFormat.of().toHexDigits(hash.value());
    }
}
