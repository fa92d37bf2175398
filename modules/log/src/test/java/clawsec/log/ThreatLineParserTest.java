package clawsec.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import clawsec.detect.Direction;
import clawsec.detect.Finding;
import clawsec.detect.Protocol;
import clawsec.detect.Severity;
import clawsec.detect.Subject;
import clawsec.detect.ThreatType;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class ThreatLineParserTest {
    private static final String WHOLE =
            new Threat(Samples.to("a:1"), Instant.parse("2026-02-19T13:41:59.587248Z")).toJson();

    @Property(tries = 300)
    void parse_anyFinding_comesBack(
            @ForAll("findings") Finding finding, @ForAll("instants") Instant instant) {
        String json = new Threat(finding, instant).toJson();
        assertTrue(json.chars().noneMatch(unit -> unit < ' '), json);
        Subject subject = finding.subject();
        assertEquals(
                new ThreatLine(
                        lower(subject.direction()),
                        lower(subject.protocol()),
                        finding.type().name(),
                        whole(finding.pattern()),
                        whole(finding.snippet()),
                        whole(subject.source()),
                        whole(subject.dest()),
                        instant.truncatedTo(ChronoUnit.MICROS),
                        Optional.of(lower(finding.severity())),
                        finding.via().stream().map(ThreatLineParserTest::whole).toList(),
                        Optional.of(whole(subject.method())).filter(text -> !text.isEmpty()),
                        Optional.of(whole(subject.url())).filter(text -> !text.isEmpty()),
                        json),
                parse(json).orElseThrow());
    }

    @Property(tries = 300)
    void parse_anyPrefixOfALine_isNoRecord(@ForAll("findings") Finding finding) {
        byte[] json = bytes(new Threat(finding, Instant.EPOCH).toJson());
        for (int length = 0; length < json.length; length += 1 + json.length / 50) {
            assertEquals(
                    Optional.empty(), ThreatLineParser.parse(ByteBuffer.wrap(json, 0, length)));
        }
    }

    @Test
    void parse_unknownFields_areLeftInTheRawLine() {
        String line =
                "{\"flow\":{\"a\":[1,{}]},\"via\":[\"gzip\",7,[\"x\"],null],\"n\":1e9,"
                        + WHOLE.substring(1);
        ThreatLine parsed = parse(line).orElseThrow();
        assertEquals(List.of("gzip"), parsed.via());
        assertEquals(line, parsed.raw());
    }

    @Test
    void parse_otherWritersForms_areRead() {
        String spaced = WHOLE.replace("\":\"", "\": \"").replace("\",\"", "\", \"");
        assertEquals("a:1", parse(spaced).orElseThrow().dest());
        assertEquals("a:1", parse(WHOLE + "\r").orElseThrow().dest());
        Instant second = Instant.parse("2026-02-19T13:41:59Z");
        for (String form : new String[] {"13:41:59+00:00", "13:41:59Z", "14:41:59.000+01:00"}) {
            String line = WHOLE.replace("13:41:59.587248+00:00", form);
            assertEquals(second, parse(line).orElseThrow().timestamp());
        }
    }

    @Test
    void parse_noWholeRecord_isEmpty() {
        for (String line :
                new String[] {
                    "",
                    " ",
                    "null",
                    "[]",
                    "{}",
                    "\"text\"",
                    "not json",
                    WHOLE.substring(1),
                    WHOLE + "x",
                    WHOLE + "{}",
                    WHOLE + WHOLE,
                    "[" + WHOLE + "]",
                    WHOLE.replace("\"source\":\"127.0.0.1\",", ""),
                    WHOLE.replace("\"source\":\"127.0.0.1\"", "\"source\":7"),
                    WHOLE.replace("\"source\":\"127.0.0.1\"", "\"source\":null"),
                    WHOLE.replace("\"source\":\"127.0.0.1\"", "\"source\":[\"127.0.0.1\"]"),
                    WHOLE.replace("2026-02-19T", "2026-02-30T"),
                    WHOLE.replace("+00:00", ""),
                    WHOLE.replace("127.0.0.1", "\u0000"),
                    "{\"deep\":" + "[".repeat(2000) + "]".repeat(2000) + "," + WHOLE.substring(1),
                    "\ufeff\ufeff" + WHOLE,
                }) {
            assertEquals(Optional.empty(), parse(line), line);
        }
    }

    @Test
    void parse_notUtf8_isEmpty() {
        byte[] line = bytes(WHOLE.replace("a:1", "#:1"));
        for (int i = 0; i < line.length; i++) {
            line[i] = line[i] == '#' ? (byte) 0xff : line[i];
        }
        assertEquals(Optional.empty(), ThreatLineParser.parse(ByteBuffer.wrap(line)));
    }

    @Provide
    Arbitrary<Finding> findings() {
        Arbitrary<String> texts = Arbitraries.strings().all().ofMaxLength(200);
        return Combinators.combine(
                        Combinators.combine(
                                        Arbitraries.of(Direction.class),
                                        Arbitraries.of(Protocol.class),
                                        texts,
                                        texts,
                                        texts,
                                        texts)
                                .as(Subject::new),
                        Arbitraries.of(ThreatType.class),
                        texts,
                        Arbitraries.of(Severity.class),
                        texts,
                        Arbitraries.longs().greaterOrEqual(0),
                        texts.list().ofMaxSize(4))
                .as(Finding::new);
    }

    @Provide
    Arbitrary<Instant> instants() {
        return Combinators.combine(
                        Arbitraries.longs().between(0, 253_402_300_799L),
                        Arbitraries.longs().between(0, 999_999_999))
                .as(Instant::ofEpochSecond);
    }

    /** The text with half surrogate pairs replaced, as UTF-8 must. */
    private static String whole(String text) {
        StringBuilder out = new StringBuilder();
        text.codePoints()
                .forEach(point ->
                        out.appendCodePoint(
                                Character.getType(point) == Character.SURROGATE ? 0xfffd : point));
        return out.toString();
    }

    private static Optional<ThreatLine> parse(String line) {
        return ThreatLineParser.parse(ByteBuffer.wrap(bytes(line)));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
