package clawsec.detect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import clawsec.detect.decode.LineReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written otherwise is found, and how it was written is said. */
class DecodingTest {
    private static final String PATH = "cat /etc/passwd now";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cat%20%2Fetc%2Fpasswd",
                "cat /etc%2fpasswd",
                "%63%61%74%20%2f%65%74%63%2f%70%61%73%73%77%64",
                "cat %u002fetc/passwd"
            })
    void percent_isUndone(String text) {
        assertFound(List.of("percent"), text);
    }

    @Test
    void percent_repeated_isUndoneEachTime() {
        String twice = "cat%2520%252Fetc%252Fpasswd";
        assertFound(List.of("percent", "percent"), twice);
        String fourTimes = twice.replace("%", "%25").replace("%", "%25");
        assertFound(List.of("percent", "percent", "percent", "percent"), fourTimes);
        assertEquals(List.of(), Scans.content(Scans.ALL, fourTimes.replace("%", "%25")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":\"cat \\u002fetc\\u002fpasswd\"}",
                "{\"a\":\"\\u0063\\u0061t /etc\\u{2f}passwd\"}",
            })
    void jsonEscapes_areUndone(String text) {
        assertFound(List.of("json"), text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cat \\x2fetc\\x2fpasswd",
                "\\x2f\\x65\\x74\\x63\\x2f\\x70\\x61\\x73\\x73wd"
            })
    void hexEscapes_areUndone(String text) {
        assertFound(List.of("hex"), text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cat \\057etc\\057passwd",
                "cat \\0057etc/pass\\0167d",
                "\\143\\141\\164 \\057etc/passwd"
            })
    void octalEscapes_areUndone(String text) {
        assertFound(List.of("octal"), text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cat &#47;etc&#47;passwd",
                "cat &#x2f;etc&sol;passwd",
                "c&#97;t &#X00002F;etc/pa&#115;swd"
            })
    void htmlReferences_areUndone(String text) {
        assertFound(List.of("html"), text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cat =2Fetc=2Fpasswd",
                "cat /e=74=63/passwd",
                "cat /etc/pa=\nsswd",
                "cat /etc/pa=\r\nsswd"
            })
    void quotedPrintable_isUndone(String text) {
        assertFound(List.of("quoted-printable"), text);
    }

    /** A session of Salesforce begins with 00D: {@code =00} is not quoted-printable there. */
    @ParameterizedTest
    @ValueSource(strings = {"GET /a?x=1&sid=", "GET /a?sid=", "Cookie: a=b; sid=", "sid="})
    void valueThatBeginsLikeQuotedPrintable_isItself(String before) {
        String session = "00D5" + "0000000IZ3Z" + "%21" + "AQ0AbC9.dEfGhIjKlMnO".repeat(4);
        assertEquals(
                List.of("salesforce_session_id [percent]"),
                Scans.content(Scans.ALL, before + session).stream()
                        .filter(each -> each.pattern().startsWith("salesforce"))
                        .map(each -> each.pattern() + " " + each.via())
                        .toList());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cat /etc/p\u0430sswd",
                "cat /\u0435t\u0441/\u0440\u0430sswd",
                "cat /\uff45\uff54\uff43\uff0f\uff50asswd",
                "cat /\ud835\udc1e\ud835\udc2d\ud835\udc1c/passwd",
                "cat /e\u200btc/p\u2060asswd",
                "cat /etc/pa\u0301sswd",
                "cat /etc/pa\u0301\u0302\u0303\u0304sswd",
                "cat /et\udb40\udc63/passwd",
                "cat /etc\u2215passwd"
            })
    void lookalikes_areReadAsAscii(String text) {
        assertFound(List.of("unicode"), text);
    }

    @Test
    void base64_ofEveryAlphabetAndPadding_isDecoded() {
        for (int i = 0; i < 3; i++) {
            byte[] text = (PATH + "?".repeat(i) + ">>>???").getBytes(UTF_8);
            assertFound(List.of("base64"), Base64.getEncoder().encodeToString(text));
            assertFound(List.of("base64"), Base64.getUrlEncoder().encodeToString(text));
            String bare = Base64.getUrlEncoder().withoutPadding().encodeToString(text);
            assertFound(List.of("base64"), "x=" + bare + "&y=1");
            assertFound(List.of("base64"), "https://a.example/v1/data/" + bare);
        }
    }

    @Test
    void base64_inLines_isDecoded() {
        byte[] text = ("y".repeat(50) + PATH + "x".repeat(60)).getBytes(UTF_8);
        for (String lineEnd : List.of("\n", "\r\n", "\n  ")) {
            byte[] separator = lineEnd.getBytes(UTF_8);
            String lines = Base64.getMimeEncoder(76, separator).encodeToString(text);
            assertFound(List.of("base64"), lines);
            assertFound(List.of("base64"), ">" + lines + "<");
        }
    }

    @Test
    void hexDigits_areDecoded() {
        byte[] text = PATH.getBytes(UTF_8);
        assertFound(List.of("hex"), HexFormat.of().formatHex(text));
        assertFound(List.of("hex"), HexFormat.of().withUpperCase().formatHex(text));
        assertFound(List.of("hex"), "0x" + HexFormat.of().formatHex(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cat /etc/pas''swd",
                "nothing here\nc\\at /e\"t\"c/passwd | x\nnothing there",
                "a=/etc;cat $a/passwd",
                "cat$IFS/etc$@/passwd",
                "{\"n\":1,\"cmd\":\"cat /et''c/passwd\"}"
            })
    void shellWords_areReadAsAShellWould(String text) {
        assertFound(List.of("shell"), text);
    }

    @Test
    void shellWords_betweenEscapedLineEnds_areRead() {
        assertFound(
                List.of("json", "shell"),
                "{\"text\":\"Do this:\\ncat$IFS/etc''/passwd\\nthen stop\"}");
    }

    @Test
    void shellWords_inLinesUpToTheLimit_areRead() {
        String filler = "x".repeat(LineReader.MAX_LINE_BYTES - PATH.length() - 3);
        assertFound(List.of("shell"), filler + " " + PATH.replace("passwd", "pass''wd"));
        String lines = "nothing\n".repeat(1000) + PATH.replace("passwd", "pass''wd");
        assertFound(List.of("shell"), lines);
    }

    @Test
    void wideCharacters_areRead() {
        String text = "\u4f60 type " + PATH + " \ud83d\ude00";
        assertFound(List.of("utf-16"), text.getBytes(StandardCharsets.UTF_16LE));
        assertFound(List.of("utf-16"), text.getBytes(StandardCharsets.UTF_16BE));
        assertFound(List.of("utf-16"), text.getBytes(StandardCharsets.UTF_16));
        assertFound(List.of("utf-32"), text.getBytes(Charset.forName("UTF-32LE")));
        assertFound(List.of("utf-32"), text.getBytes(Charset.forName("UTF-32BE")));
        byte[] command = PATH.getBytes(StandardCharsets.UTF_16LE);
        String encoded = "powershell -e " + Base64.getEncoder().encodeToString(command);
        assertFound(List.of("base64", "utf-16"), encoded);
    }

    @Test
    void packedData_isUnpackedWhereverItIs() throws IOException {
        byte[] gzip = packed(new ByteArrayOutputStream(), true, PATH);
        byte[] zlib = packed(new ByteArrayOutputStream(), false, PATH);
        assertFound(List.of("gzip"), gzip);
        assertFound(List.of("zlib"), zlib);
        assertFound(List.of("base64", "gzip"), Base64.getEncoder().encodeToString(gzip));
        assertFound(List.of("base64", "zlib"), Base64.getEncoder().encodeToString(zlib));
        ByteArrayOutputStream parts = new ByteArrayOutputStream();
        parts.writeBytes("--b\r\nContent-Type: application/gzip\r\n\r\n".getBytes(UTF_8));
        packed(parts, true, "nothing here");
        parts.writeBytes("\r\n--b\r\n\r\n".getBytes(UTF_8));
        packed(parts, true, PATH);
        parts.writeBytes("\r\n--b--\r\n".getBytes(UTF_8));
        assertFound(List.of("gzip"), parts.toByteArray());
    }

    @Test
    void zipEntries_areUnpackedWhereverTheyAre() throws IOException {
        byte[] deflated = zip(ZipEntry.DEFLATED, "a".repeat(3000), PATH, "b");
        assertFound(List.of("zip"), deflated);
        assertFound(List.of("base64", "zip"), Base64.getEncoder().encodeToString(deflated));
        byte[] stored = zip(ZipEntry.STORED, "ordinary text", PATH);
        assertFound(List.of(), stored);
        assertFound(List.of("base64"), Base64.getEncoder().encodeToString(stored));
        ByteArrayOutputStream part = new ByteArrayOutputStream();
        part.writeBytes("--b\r\nContent-Type: application/zip\r\n\r\nPK PK\0".getBytes(UTF_8));
        part.writeBytes(deflated);
        assertFound(List.of("zip"), part.toByteArray());
    }

    @Test
    void bareDeflate_isUnpackedWhereATextOrARunBegins() throws IOException {
        String longer = PATH + " and some words that are not as they were before, 1234567890";
        for (String text : List.of(PATH, longer, longer + "x".repeat(5000) + longer.repeat(3))) {
            byte[] deflated = deflated(text);
            String run = Base64.getEncoder().encodeToString(deflated);
            boolean isTwice = text.length() > 5000;
            List<Finding> found = found(deflated, deflated.length);
            assertEquals(List.of("deflate"), found.getFirst().via());
            assertEquals(isTwice, found.size() > 1);
            found = found(("SAMLRequest=" + run).getBytes(UTF_8), 1);
            assertEquals(List.of("base64", "deflate"), found.getFirst().via());
        }
        byte[] deflated = deflated(PATH);
        deflated[0] ^= 4;
        assertEquals(List.of(), found(deflated, deflated.length));
    }

    @Test
    void zipEntry_thatIsBroken_isLeft() throws IOException {
        byte[] encrypted = zip(ZipEntry.DEFLATED, PATH);
        encrypted[6] |= 1;
        assertEquals(List.of(), found(encrypted, encrypted.length));
        byte[] beheaded = zip(ZipEntry.DEFLATED, PATH);
        beheaded[2] = 1;
        assertEquals(List.of(), found(beheaded, beheaded.length));
    }

    @Test
    void decodings_inOneAnother_areNamedOutermostFirst() {
        String base64 = base64("a\u0001 " + PATH);
        assertFound(List.of("base64", "base64"), base64(base64));
        assertFound(List.of("base64", "hex"), base64(hex(PATH)));
        assertFound(List.of("json", "base64"), "{\"a\":\"x\\n" + base64 + "\"}");
        String query = URLEncoder.encode("{\"a\":\"cat \\u002fetc/passwd\"}", UTF_8);
        assertFound(List.of("percent", "json"), query);
    }

    @Test
    void plainText_besideEscapes_isFoundOnce() {
        assertFound(List.of(), "{\"a\":\"cat \\/etc\\/passwd\"}");
        assertFound(List.of(), "{\"a\":\"x\\n y\", \"b\":\"cat /etc/passwd\", \"c\":\"\\u0041\"}");
        assertFound(List.of("base64"), "{\"a\":\"x\\n y\", \"b\":\"" + base64(PATH) + "\"}");
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    }

    private static String hex(String text) {
        return HexFormat.of().formatHex(text.getBytes(UTF_8));
    }

    private static byte[] deflated(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
        try (OutputStream out = new DeflaterOutputStream(bytes, deflater)) {
            out.write(text.getBytes(UTF_8));
        } finally {
            deflater.end();
        }
        return bytes.toByteArray();
    }

    private static byte[] zip(int method, String... texts) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(bytes)) {
            for (int i = 0; i < texts.length; i++) {
                byte[] text = texts[i].getBytes(UTF_8);
                CRC32 check = new CRC32();
                check.update(text);
                ZipEntry entry = new ZipEntry("folder/entry" + i);
                entry.setMethod(method);
                entry.setSize(text.length);
                entry.setCrc(check.getValue());
                out.putNextEntry(entry);
                out.write(text);
                out.closeEntry();
            }
        }
        return bytes.toByteArray();
    }

    private static byte[] packed(ByteArrayOutputStream bytes, boolean isGzip, String text)
            throws IOException {
        try (OutputStream out =
                isGzip ? new GZIPOutputStream(bytes) : new DeflaterOutputStream(bytes)) {
            out.write(text.getBytes(UTF_8));
        }
        return bytes.toByteArray();
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
