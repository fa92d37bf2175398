package clawsec.ctl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import clawsec.ctl.Cli.Result;
import clawsec.detect.Direction;
import clawsec.detect.Finding;
import clawsec.detect.Protocol;
import clawsec.detect.Severity;
import clawsec.detect.Subject;
import clawsec.detect.ThreatType;
import clawsec.log.ThreatLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ThreatsCommandTest {
    private static final Instant NOON = Instant.parse("2026-02-19T12:00:00Z");

    @TempDir private Path folder;

    @Test
    void threats_none_saysSo() {
        assertEquals(
                new Result(0, "no such threats in " + folder.resolve("threats.jsonl") + "\n", ""),
                Cli.on(folder, "threats"));
        assertEquals(new Result(0, "", ""), Cli.on(folder, "threats", "--json"));
    }

    @Test
    void threats_some_areShownNewestFirst() throws IOException {
        append("first", Direction.OUTBOUND, NOON);
        append("second", Direction.INBOUND, NOON.plusSeconds(1));
        assertEquals(
                new Result(
                        0,
                        """
                        2026-02-19T12:00:01Z  HIGH      EXFIL second  inbound https  127.0.0.1 <-\
                         a.example:443  POST https://a.example/
                            found second
                        2026-02-19T12:00:00Z  HIGH      EXFIL first  outbound https  127.0.0.1 ->\
                         a.example:443  POST https://a.example/
                            found first
                        """,
                        ""),
                Cli.on(folder, "threats"));
    }

    @Test
    void threats_limit_isTenUnlessAskedFor() throws IOException {
        for (int i = 0; i < 12; i++) {
            append("p" + i, Direction.OUTBOUND, NOON.plusSeconds(i));
        }
        assertEquals(10, Cli.on(folder, "threats", "--json").out().lines().count());
        assertEquals(
                List.of("p11", "p10"),
                Cli.on(folder, "threats", "--json", "--limit", "2")
                        .out()
                        .lines()
                        .map(line -> line.replaceAll(".*\"pattern\":\"(\\w+)\".*", "$1"))
                        .toList());
    }

    @Test
    void threats_filters_holdTogether() throws IOException {
        append("a", Direction.OUTBOUND, NOON);
        append("a", Direction.INBOUND, NOON.plusSeconds(1));
        append("b", Direction.INBOUND, NOON.plusSeconds(2));
        assertEquals(2, count("--pattern", "a"));
        assertEquals(2, count("--direction", "inbound"));
        assertEquals(1, count("--pattern", "a", "--direction", "inbound"));
        assertEquals(2, count("--since", "2026-02-19T12:00:01Z"));
        assertEquals(0, count("--since", "2026-02-20"));
        assertEquals(3, count("--since", "2026-02-19"));
    }

    @Test
    void threats_brokenLine_isCountedOnStandardError() throws IOException {
        append("a", Direction.OUTBOUND, NOON);
        Path file = folder.resolve("threats.jsonl");
        Files.writeString(file, "{\"direction\":\"outb\n", StandardOpenOption.APPEND);
        Result result = Cli.on(folder, "threats", "--json");
        assertEquals(1, result.out().lines().count());
        assertEquals(
                "clawsec: 1 lines of " + file + " are no whole records and were passed over\n",
                result.err());
    }

    @Test
    void threats_terminalEscapeInASnippet_isNotPrinted() throws IOException {
        append("a", Direction.OUTBOUND, NOON);
        Path file = folder.resolve("threats.jsonl");
        String forged = Files.readString(file).replace("found a", "\\u001b]0;owned\\u0007");
        Files.writeString(file, forged);
        String out = Cli.on(folder, "threats").out();
        assertTrue(out.contains("\\u001b]0;owned\\u0007"), out);
    }

    @Test
    void threats_follow_showsWhatComesUntilASignal() throws Exception {
        append("first", Direction.OUTBOUND, NOON);
        List<String> arguments =
                List.of("threats", "--follow", "--json", "--log-dir", folder.toString());
        try (Child follower = Child.start(Map.of(), arguments)) {
            follower.readUntil("{\"direction\":\"outbound\"");
            append("second", Direction.INBOUND, NOON.plusSeconds(1));
            String line = follower.readUntil("{\"direction\":\"inbound\"").getLast();
            assertTrue(line.contains("\"pattern\":\"second\""), line);
            follower.process().destroy();
            assertEquals(0, follower.awaitEnd());
        }
    }

    private long count(String... options) {
        List<String> all = new ArrayList<>(List.of("threats", "--json"));
        all.addAll(List.of(options));
        return Cli.on(folder, all.toArray(String[]::new)).out().lines().count();
    }

    private void append(String pattern, Direction direction, Instant time) throws IOException {
        Subject subject =
                new Subject(
                        direction,
                        Protocol.HTTPS,
                        "127.0.0.1",
                        "a.example:443",
                        "POST",
                        "https://a.example/");
        try (ThreatLog log = ThreatLog.open(folder, Duration.ZERO, () -> time)) {
            log.append(
                    new Finding(
                            subject,
                            ThreatType.EXFIL,
                            pattern,
                            Severity.HIGH,
                            "found " + pattern,
                            0,
                            List.of()));
        }
    }
}
