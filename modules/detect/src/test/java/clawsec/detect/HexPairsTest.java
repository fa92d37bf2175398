package clawsec.detect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import clawsec.detect.decode.PairReader;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Hexadecimal digits in groups are read, whatever stands between. */
class HexPairsTest {
    private static final String PATH = "cat /etc/passwd now";

    @ParameterizedTest
    @ValueSource(
            strings = {
                " ",
                ":",
                "-",
                ",",
                ", ",
                "/",
                ", 0x",
                " 0x",
                ",0x",
                ", \n",
                "\t",
                "\n",
                "\r\n",
                "\", \"",
                "','",
                "\",\n      \"",
                ",\n    0x",
                " , ",
                "\t\t"
            })
    void hexDigits_inPairs_areDecoded(String divider) {
        String pairs = HexFormat.ofDelimiter(divider).formatHex(PATH.getBytes(UTF_8));
        String prefix = divider.endsWith("0x") ? "0x" : "";
        assertFound(List.of("hex"), "data = [" + prefix + pairs + "]");
        assertFound(List.of("hex"), "the bytes are " + prefix + pairs + " and more");
        assertFound(List.of("hex"), prefix + pairs);
    }

    @Test
    void hexDigits_asFarApartAsTheyMayBe_areDecoded() {
        for (String prefix : List.of("", "0x")) {
            byte[] text = PATH.getBytes(UTF_8);
            String gap = " ".repeat(PairReader.MAX_GAP_BYTES);
            HexFormat format = HexFormat.of().withPrefix(prefix);
            assertFound(List.of("hex"), "x " + format.withDelimiter(gap).formatHex(text));
            String wider = format.withDelimiter(gap + " ").formatHex(text);
            assertEquals(List.of(), Scans.content(Scans.ALL, "x " + wider));
        }
    }

    @Test
    void hexDigits_inADump_areDecoded() {
        String text = "the bytes of what was sent: " + PATH + " and 0a1b2c more of it";
        byte[] bytes = text.getBytes(UTF_8);
        for (String head : List.of("", "$ xxd file\n", "|")) {
            assertFound(List.of("hex"), head + dump(bytes, 2, "%08x: ", "  %s"));
            assertFound(List.of("hex"), head + dump(bytes, 1, "%08x: ", "  %s"));
            assertFound(List.of("hex"), head + dump(bytes, 1, "%07x ", ""));
        }
        assertFound(List.of("hex"), dump(bytes, 1, "%08x  ", "  |%s|"));
    }

    @Test
    void hexDigits_inPairsInsideLinesOfBase64_areDecoded() {
        for (int before = 0; before < 8; before++) {
            String pairs = "x".repeat(before) + " " + "61 ".repeat(20) + pairs(PATH) + " 61 61";
            byte[] lines = Base64.getMimeEncoder().encode(pairs.getBytes(UTF_8));
            assertFound(List.of("base64", "hex"), lines);
        }
    }

    private static String pairs(String text) {
        return HexFormat.ofDelimiter(" ").formatHex(text.getBytes(UTF_8));
    }

    /** As xxd and hexdump write it, sixteen bytes a line. */
    private static String dump(byte[] bytes, int groupBytes, String offset, String column) {
        StringBuilder out = new StringBuilder();
        for (int line = 0; line < bytes.length; line += 16) {
            int end = Math.min(bytes.length, line + 16);
            out.append(String.format(Locale.ROOT, offset, line));
            List<String> groups = new ArrayList<>();
            for (int at = line; at < end; at += groupBytes) {
                groups.add(HexFormat.of().formatHex(bytes, at, Math.min(end, at + groupBytes)));
            }
            out.append(String.join(" ", groups));
            String shown = "?".repeat(end - line);
            out.append(String.format(Locale.ROOT, column, shown)).append('\n');
        }
        return out.toString();
    }

    private static void assertFound(List<String> via, String text) {
        assertFound(via, text.getBytes(UTF_8));
    }

    /** Whole and byte by byte. */
    private static void assertFound(List<String> via, byte[] text) {
        for (int pieceBytes : new int[] {text.length, 1}) {
            List<Finding> found = found(text, pieceBytes);
            String shown = new String(text, UTF_8);
            assertEquals(List.of("unix_sensitive"), Scans.patterns(found), shown);
            assertEquals(via, found.getFirst().via(), shown);
        }
    }

    private static List<Finding> found(byte[] text, int pieceBytes) {
        List<Finding> found = new ArrayList<>();
        try (MessageScan scan = Scans.ALL.open(Scans.subject(""), found::add)) {
            for (int i = 0; i < text.length; i += pieceBytes) {
                scan.content(ByteBuffer.wrap(text, i, pieceBytes));
            }
            scan.end();
        }
        return found;
    }
}
