package clawsec.detect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import clawsec.http.Fields;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Messages that follow one another: what each holds, and what is cut over them. */
class SequenceScanTest {
    private static final String KEY = "sk-" + "ant-api03-" + "AbCdEfGhIjKlMnOpQrStUvWxYz";
    private static final List<String> ACROSS = List.of("messages");

    private final List<Finding> findings = new ArrayList<>();

    private static List<Finding> scanned(Detector detector, String... messages) {
        return scanned(detector, Integer.MAX_VALUE, bytes(messages));
    }

    private static List<byte[]> bytes(String... messages) {
        return Arrays.stream(messages).map(message -> message.getBytes(UTF_8)).toList();
    }

    private static List<Finding> scanned(Detector detector, int pieceBytes, List<byte[]> messages) {
        List<Finding> found = new ArrayList<>();
        try (SequenceScan sequence = detector.openSequence(Scans.subject("/"), found::add)) {
            for (byte[] message : messages) {
                scan(sequence, message, pieceBytes);
            }
        }
        return found;
    }

    private static void scan(SequenceScan sequence, byte[] message, int pieceBytes) {
        try (MessageScan scan = sequence.next(List.of())) {
            for (int at = 0; at < message.length; at += Math.min(pieceBytes, message.length)) {
                int count = Math.min(pieceBytes, message.length - at);
                ByteBuffer piece = ByteBuffer.wrap(message, at, count);
                scan.content(piece);
                assertFalse(piece.hasRemaining());
            }
            scan.end();
        }
    }

    private void scan(SequenceScan sequence, String message) {
        scan(sequence, message.getBytes(UTF_8), Integer.MAX_VALUE);
    }

    private static List<List<String>> vias(List<Finding> found) {
        return found.stream().map(Finding::via).toList();
    }

    @Test
    void secret_cutOverTwoMessages_isFoundOnce_whereverItIsCut() {
        String text = "the key is " + KEY + " and that is that";
        for (int cut = 1; cut < text.length(); cut++) {
            List<Finding> found = scanned(Scans.ALL, text.substring(0, cut), text.substring(cut));
            assertEquals(List.of("ai_api_key"), Scans.patterns(found), "cut at " + cut);
            assertFalse(found.getFirst().snippet().contains("EfGhIj"), found::toString);
            assertFalse(found.getFirst().snippet().contains("UvWxYz"), found::toString);
        }
        int cut = text.indexOf("api03");
        List<Finding> found = scanned(Scans.ALL, text.substring(0, cut), text.substring(cut));
        assertEquals(List.of(ACROSS), vias(found));
        assertEquals(
                "the key is sk-ant-api03-AbCd... and that is that", found.getFirst().snippet());
        assertEquals(text.indexOf("sk-"), found.getFirst().offsetBytes());
    }

    @Test
    void secret_cutOverManyMessages_isFound() {
        for (int pieceBytes : new int[] {1, 2, 3, 7}) {
            List<String> messages = new ArrayList<>();
            for (int at = 0; at < KEY.length(); at += pieceBytes) {
                messages.add(KEY.substring(at, Math.min(KEY.length(), at + pieceBytes)));
            }
            messages.add(" end");
            List<Finding> found = scanned(Scans.ALL, messages.toArray(String[]::new));
            assertEquals(List.of("ai_api_key"), Scans.patterns(found), "by " + pieceBytes);
        }
    }

    @Test
    void findingWithinAMessage_isReportedOnce_withoutTheOthers() {
        List<Finding> found =
                scanned(
                        Scans.ALL,
                        "a.",
                        "x " + KEY + " y",
                        "{\"run\":\"rm \\u002drf /\"}",
                        Base64.getEncoder().encodeToString(("a " + KEY + " b").getBytes(UTF_8)),
                        "cat /etc/passwd");
        assertEquals(
                List.of("ai_api_key", "destructive_rm", "ai_api_key", "unix_sensitive"),
                Scans.patterns(found));
        assertEquals(List.of(), found.getFirst().via());
        assertEquals("x sk-ant-api03-AbCd... y", found.getFirst().snippet());
    }

    @Test
    void eachMessage_isReadOnItsOwn() {
        assertEquals(List.of("ai_api_key"), Scans.patterns(scanned(Scans.ALL, "some_word", KEY)));
    }

    @Test
    void base64_cutOverMessages_isDecoded() {
        String text = Base64.getEncoder().encodeToString(("key " + KEY + " end.").getBytes(UTF_8));
        for (int cut = 1; cut < text.length(); cut++) {
            List<Finding> found = scanned(Scans.ALL, text.substring(0, cut), text.substring(cut));
            assertEquals(List.of("ai_api_key"), Scans.patterns(found), "cut at " + cut);
        }
    }

    /** Each message decodes on its own as well, since the cuts are where the groups are. */
    @Test
    void base64_inMessagesOfWholeGroups_isReportedOnce() {
        String clear = "x".repeat(99) + " " + KEY + " " + "y".repeat(99);
        String text = Base64.getEncoder().encodeToString(clear.getBytes(UTF_8));
        List<Finding> found = scanned(Scans.ALL, text.substring(0, 40), text.substring(40));
        assertEquals(List.of("ai_api_key"), Scans.patterns(found));
    }

    @Test
    void archive_inManyMessages_isDecodedThroughAllOfThem() throws IOException {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 20_000; i++) {
            text.append(i * 7919L % 10_007).append(' ');
        }
        byte[] packed = gzip(text + KEY + " " + text);
        List<byte[]> messages = new ArrayList<>();
        for (int at = 0; at < packed.length; at += 8_192) {
            messages.add(Arrays.copyOfRange(packed, at, Math.min(packed.length, at + 8_192)));
        }
        assertTrue(messages.size() > 8);
        List<Finding> found = scanned(Scans.ALL, 3_000, messages);
        assertEquals(List.of("ai_api_key"), Scans.patterns(found));
        assertEquals(List.of(List.of("messages", "gzip")), vias(found));
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(UTF_8));
        }
        return bytes.toByteArray();
    }

    @Test
    void maxScanBytes_countsPerMessage_andWhatIsBeyondCutsTheText() {
        Detector limited = Scans.detector(100, true);
        String half = KEY.substring(0, 20);
        String rest = KEY.substring(20);
        String exactly = ".".repeat(100 - half.length()) + half;
        assertEquals(1, scanned(limited, exactly, rest).size());
        assertEquals(0, scanned(limited, exactly + "x", rest).size());
        assertEquals(1, scanned(limited, "x".repeat(5_000), ".".repeat(50) + KEY).size());
        try (SequenceScan sequence = limited.openSequence(Scans.subject("/"), findings::add)) {
            MessageScan scan = sequence.next(List.of());
            scan.content(ByteBuffer.wrap(new byte[60]));
            scan.content(ByteBuffer.wrap(new byte[5_000]));
            scan.end();
            assertEquals(100, scan.tally().scannedBytes());
            assertEquals(4_960, scan.tally().unscannedBytes());
            scan.close();
            scan = sequence.next(List.of());
            scan.content(ByteBuffer.wrap(new byte[60]));
            assertEquals(60, scan.tally().scannedBytes());
        }
    }

    @Test
    void codingsOfTheMessage_areInVia() {
        try (SequenceScan sequence = Scans.ALL.openSequence(Scans.subject("/"), findings::add)) {
            for (String text : List.of("/etc/passwd " + KEY.substring(0, 12), KEY.substring(12))) {
                try (MessageScan scan = sequence.next(List.of("permessage-deflate"))) {
                    scan.content(Scans.bytes(text));
                    scan.end();
                }
            }
        }
        assertEquals(
                List.of(List.of("permessage-deflate"), List.of("permessage-deflate", "messages")),
                vias(findings));
    }

    /** What was found is reported when the message that completes it ends, not with the next. */
    @Test
    void finding_isReportedAtTheEndOfItsMessage() {
        try (SequenceScan sequence = Scans.ALL.openSequence(Scans.subject("/"), findings::add)) {
            scan(sequence, KEY.substring(0, 12));
            scan(sequence, KEY.substring(12));
            assertEquals(List.of("ai_api_key"), Scans.patterns(findings));
            scan(sequence, "AndMoreOfTheSame");
        }
        assertEquals(1, findings.size(), findings::toString);
    }

    @Test
    void afterSilence_whatAMatchTakesIsRemembered_andMemoryGivenBack() {
        try (SequenceScan sequence = Scans.ALL.openSequence(Scans.subject("/"), findings::add)) {
            scan(sequence, "z".repeat(3 * JoinedMessages.KEPT_BYTES) + " " + KEY.substring(0, 12));
            assertTrue(sequence.isPending());
            sequence.flush();
            assertTrue(sequence.isPending(), "came just now");
            sequence.flush();
            assertFalse(sequence.isPending());
            scan(sequence, KEY.substring(12));
            assertEquals(List.of(ACROSS), vias(findings));
        }
        assertEquals(1, findings.size(), findings::toString);
    }

    @Test
    void silenceWithinAMessage_forgetsNoCut() {
        try (SequenceScan sequence = Scans.ALL.openSequence(Scans.subject("/"), findings::add)) {
            scan(sequence, "the " + KEY.substring(0, 8));
            MessageScan scan = sequence.next(List.of());
            scan.content(Scans.bytes(KEY.substring(8, 14)));
            scan.flush();
            scan.flush();
            assertFalse(scan.isPending());
            scan.content(Scans.bytes(KEY.substring(14) + " and on"));
            scan.end();
            scan.close();
        }
        assertEquals(List.of(ACROSS), vias(findings));
    }

    /** The longest match there is, of which all but a byte came before, is within reach. */
    @Test
    void kept_isTheLongestMatch() throws RuleException {
        int body = JoinedMessages.KEPT_BYTES - 64;
        RuleSet rules =
                RuleSet.parse(
                        """
                        {"version":1,"rules":[{"id":"own","type":"INJECTION","title":"Own",
                        "severity":"low","regex":"<begin>[a-y]{500,}",
                        "hit":["<begin>%s"],"miss":["<begin>"]}]}\
                        """
                                .formatted("abc".repeat(200))
                                .getBytes(UTF_8),
                        "own.json");
        Detector detector = Detector.of(rules, DetectConfig.DEFAULT);
        try (SequenceScan sequence = detector.openSequence(Scans.subject("/"), findings::add)) {
            scan(sequence, "z".repeat(1_001) + "<begin>" + "a".repeat(490));
            sequence.flush();
            sequence.flush();
            assertEquals(List.of(), findings);
            scan(sequence, "b".repeat(body - 490));
        }
        assertEquals(List.of("own"), Scans.patterns(findings));
    }

    /** Otherwise a finding beside it would show what the first message's end hides. */
    @Test
    void restOfASecret_atTheBeginningOfAMessage_isNotShown() {
        String rest = KEY.substring(22);
        List<Finding> found =
                scanned(Scans.ALL, "key " + KEY.substring(0, 22), rest + " cat /etc/passwd");
        assertTrue(Scans.patterns(found).contains("unix_sensitive"), found::toString);
        found.forEach(finding -> assertFalse(finding.snippet().contains(rest), finding::toString));
    }

    @Test
    void closedMidway_reportsWhatWasFound_andTheScannerIsFitForMore() {
        SequenceScan sequence = Scans.ALL.openSequence(Scans.subject("/"), findings::add);
        MessageScan scan = sequence.next(List.of());
        scan.content(Scans.bytes("/etc/passwd"));
        assertThrows(IllegalStateException.class, () -> sequence.next(List.of()));
        assertThrows(
                IllegalStateException.class, () -> scan.head(ByteBuffer.allocate(0), Fields.EMPTY));
        sequence.close();
        sequence.close();
        assertEquals(List.of("unix_sensitive"), Scans.patterns(findings));
        assertEquals(List.of(), Scans.content(Scans.ALL, "wd nothing"));
    }

    @Property(tries = 200)
    void anyMessages_inAnyPieces_giveTheSameFindings(
            @ForAll @Size(min = 1, max = 6) List<@IntRange(max = 60) Integer> lengths,
            @ForAll @IntRange(min = 1, max = 90) int pieceBytes) {
        String text = ("see /etc/passwd, " + KEY + " \\u002fetc\\/shadow " + "rm -rf / ").repeat(3);
        List<byte[]> messages = new ArrayList<>();
        int at = 0;
        for (int length : lengths) {
            int end = Math.min(text.length(), at + length);
            messages.add(text.substring(at, end).getBytes(UTF_8));
            at = end;
        }
        assertEquals(
                sorted(scanned(Scans.ALL, Integer.MAX_VALUE, messages)),
                sorted(scanned(Scans.ALL, pieceBytes, messages)));
    }

    /** Of a text and its decodings the order may differ. */
    private static List<String> sorted(List<Finding> found) {
        return found.stream().map(Finding::toString).sorted().toList();
    }
}
