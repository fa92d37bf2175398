package clawsec.detect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import clawsec.http.FieldLine;
import clawsec.http.Fields;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a form or a multipart message cuts, or writes with signs of its own, is found. */
class FormContentTest {
    private static final String FORM = "application/x-www-form-urlencoded; charset=utf-8";
    private static final String KEY_START = "AKIAQWERTY";
    private static final String KEY_END = "ZXCVBN1234";
    private static final String KEY = KEY_START + KEY_END;
    private static final String WIPE = "x=1&cmd=rm+-rf+%2Fhome%2F+--no-preserve-root&y=2";

    @Test
    void plus_inAForm_standsForASpace() {
        assertEquals(List.of("destructive_rm [form]"), found(FORM, "a=rm+-rf+/&b=2"));
        assertEquals(List.of("destructive_rm [form, percent]"), found(FORM, "a=rm+-rf+%2F&b=2"));
        assertEquals(List.of(), found("text/plain", "a=rm+-rf+/&b=2"));
    }

    @Test
    void plus_inAQuery_standsForASpace() {
        assertEquals(List.of("destructive_rm [form]"), foundInHead("/run?a=rm+-rf+/&b=2"));
        assertEquals(List.of(), foundInHead("/rm+-rf+/?b=2"));
        assertEquals(List.of(), foundInHead("/run?b=2 rm+-rf+/"));
    }

    @Test
    void fields_ofAForm_areJoined() {
        String fields = "a=" + KEY_START + "&b=" + KEY_END;
        assertEquals(List.of("aws_access_key [fields]"), found(FORM, fields));
        assertEquals(List.of("aws_access_key [fields]"), found(FORM, "v=1&" + fields + "&w=2"));
        assertEquals(List.of(), found(FORM, "a=" + KEY_START + "&b=" + KEY_END.substring(1)));
        assertEquals(List.of(), found("text/plain", fields));
    }

    @Test
    void parts_ofAMultipartMessage_areJoined() {
        String type = "multipart/form-data; boundary=\"b-1\"; charset=utf-8";
        String parts = parts("b-1", KEY_START, KEY_END);
        assertEquals(List.of("aws_access_key [multipart]"), found(type, parts));
        assertEquals(List.of(), found(type, parts("b-1", KEY_START, "and", KEY_END)));
        assertEquals(List.of(), found("multipart/form-data; boundary=b-2", parts));
        assertEquals(List.of(), found("multipart/form-data; boundary=", parts));
        assertEquals(List.of("aws_access_key []"), found(type, parts("b-1", KEY, "x")));
    }

    @Test
    void content_upToTheLimit_isKept() {
        String fields = "a=" + KEY_START + "&b=" + KEY_END;
        String filler = "x=" + "-".repeat(FormContent.MAX_BYTES - fields.length() - 3) + "&";
        assertEquals(List.of("aws_access_key [fields]"), found(FORM, filler + fields));
        assertEquals(List.of(), found(FORM, filler + "&" + fields));
    }

    @Test
    void content_beyondTheLimit_isCountedOnce() {
        String whole = "x=" + "-".repeat(FormContent.MAX_BYTES - 2);
        assertEquals(0, undecoded(whole));
        assertEquals(1, undecoded(whole + "&"));
        assertEquals(1, undecoded(whole + "&y=" + "-".repeat(10_000)));
    }

    private static long undecoded(String content) {
        try (MessageScan scan = Scans.ALL.open(Scans.subject(""), finding -> {})) {
            Fields fields = Fields.of(new FieldLine("Content-Type", FORM));
            scan.head(Scans.bytes("POST / HTTP/1.1\r\n\r\n"), fields);
            scan.content(Scans.bytes(content));
            scan.end();
            return scan.tally().undecodedStretches();
        }
    }

    @Test
    void plus_wherever_isFoundWhereverTheFormIsCut() {
        List<String> whole = found(FORM, WIPE);
        assertEquals(List.of("destructive_rm [form, percent]"), whole);
        for (int cut = 1; cut < WIPE.length(); cut++) {
            assertEquals(whole, found(FORM, WIPE.substring(0, cut), WIPE.substring(cut)));
        }
    }

    private static String parts(String boundary, String... contents) {
        StringBuilder all = new StringBuilder();
        for (String content : contents) {
            all.append("--").append(boundary);
            all.append("\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n");
            all.append(content).append("\r\n");
        }
        return all.append("--").append(boundary).append("--\r\n").toString();
    }

    private static List<String> found(String type, String... pieces) {
        List<String> found = new ArrayList<>();
        try (MessageScan scan = Scans.ALL.open(Scans.subject(""), each -> add(found, each))) {
            Fields fields = Fields.of(new FieldLine("Content-Type", type));
            scan.head(Scans.bytes("POST / HTTP/1.1\r\n\r\n"), fields);
            for (String piece : pieces) {
                scan.content(Scans.bytes(piece));
            }
            scan.end();
        }
        return found;
    }

    private static List<String> foundInHead(String target) {
        List<String> found = new ArrayList<>();
        try (MessageScan scan = Scans.ALL.open(Scans.subject(""), each -> add(found, each))) {
            byte[] head = ("GET " + target + " HTTP/1.1\r\n\r\n").getBytes(UTF_8);
            scan.head(ByteBuffer.wrap(head), Fields.EMPTY);
            scan.end();
        }
        return found;
    }

    private static void add(List<String> found, Finding finding) {
        found.add(finding.pattern() + " " + finding.via());
    }
}
