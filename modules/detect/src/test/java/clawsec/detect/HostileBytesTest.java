package clawsec.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Whatever the bytes are, decoding them neither throws nor loses count, however they come. */
class HostileBytesTest {
    @Property(tries = 300)
    void content_ofAnyBytes_isScanned(
            @ForAll("contents") String text, @ForAll @IntRange(min = 1, max = 50) int pieceBytes) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        try (MessageScan scan = Scans.ALL.open(Scans.subject("http://a/" + text), found -> {})) {
            for (int at = 0; at < bytes.length; at += pieceBytes) {
                scan.content(ByteBuffer.wrap(bytes, at, Math.min(pieceBytes, bytes.length - at)));
                if (at % 7 == 0) {
                    scan.flush();
                }
            }
            scan.end();
            assertEquals(bytes.length, scan.tally().scannedBytes());
        }
    }

    @Provide
    Arbitrary<String> contents() {
        Arbitrary<String> beginnings =
                Arbitraries.of(
                        "%",
                        "%4",
                        "%u00",
                        "\\u",
                        "\\ud83d",
                        "\\u{",
                        "\\x",
                        "&#",
                        "&#x",
                        "&lt",
                        "=",
                        "=4",
                        "=\r",
                        "=\n",
                        "==",
                        "c''at $(",
                        "${",
                        "a=",
                        "`",
                        "\n",
                        "\"",
                        ":\"",
                        "\u001f\u008b\b\u0000",
                        "x\u009c",
                        "a\u0000b\u0000c\u0000d\u0000",
                        "\u0000\u0000\u0000a",
                        "73 6b 2d 61 73 6b 2d 61 ",
                        "0x73, 0x6b, ",
                        "H4sIAAAAAAAAAwMAAAAAAAAAAAA=",
                        "eJwDAAAAAAE=",
                        "aGVsbG8gdG8gYWxsIG9mIHlvdQ",
                        "68656c6c6f20746f20616c6c",
                        "NBSWY3DPEB2G6IDBNRWCA33G",
                        "\u00e2\u0080\u008b",
                        "\u00ef\u00bc\u00a1",
                        "\u00d0\u00b0",
                        "\u00cc\u0081",
                        "\u00f3\u00a0\u0081\u00a1",
                        "A".repeat(1100),
                        "\\".repeat(50),
                        "%25".repeat(200));
        Arbitrary<String> noise =
                Arbitraries.strings().withCharRange('\0', '\u00ff').ofMaxLength(40);
        return Arbitraries.oneOf(beginnings, noise)
                .list()
                .ofMaxSize(40)
                .map(parts -> String.join("", List.copyOf(parts)));
    }
}
