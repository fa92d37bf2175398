package clawsec.ctl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import clawsec.ctl.Cli.Result;
import clawsec.ctl.cli.Command;
import clawsec.ctl.cli.ParsedCommand;
import clawsec.detect.RuleSet;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code clawsec rules}. */
class RulesCommandTest {
    private static final String RULES =
            """
            {"version":1,"rules":[{"id":"own","type":"EXFIL","title":"Our own key","severity":"high",
            "regex":"own_[a-f]{8,12}","prefix":"own_","entropy":1.5,"home_hosts":["own.example"],
            "homes":[{"prefix":"own_a","hosts":["a.example","*.a.example"]}],
            "tenant_hosts":["*.own.example"],"in_names":true,"holds":["letter"],"unless":["own__"],
            "hit":["own_abcdefab"],"miss":["own_xyz"]}]}
            """;
    private static final String SECRET = "own_" + "abcdefabcdef";

    @TempDir private Path folder;

    private Path write(String name, String text) throws Exception {
        return Files.writeString(folder.resolve(name), text);
    }

    private Map<String, String> withOwnRules() throws Exception {
        return Map.of("CLAWSEC_RULES_FILES", write("rules.json", RULES).toString());
    }

    @Test
    void list_namesEveryRule_thoseOfTheConfigurationToo() throws Exception {
        Result result = Cli.run(withOwnRules(), "rules", "list");
        assertEquals(0, result.status(), result.err());
        assertTrue(
                result.out().lines().anyMatch(line -> line.matches("ai_api_key +EXFIL +.*")),
                result.out());
        assertTrue(
                result.out()
                        .lines()
                        .anyMatch(line -> line.matches("own +EXFIL +high +Our own key")),
                result.out());
        long count = result.out().lines().count() - 1;
        assertTrue(result.out().endsWith("\n" + count + " rules\n"), result.out());
        Result without = Cli.run(Map.of("CLAWSEC_DISABLED_RULES", "ai_api_key"), "rules", "list");
        assertFalse(
                without.out().lines().anyMatch(line -> line.startsWith("ai_api_key ")),
                without.out());
    }

    @Test
    void list_asJson_isAnArrayOfRules() {
        Result result = Cli.run("rules", "list", "--json");
        assertTrue(result.out().startsWith("[{\"id\":\"ai_api_key\",\"type\":\"EXFIL\","));
        assertTrue(result.out().endsWith("}]\n"));
    }

    @Test
    void show_tellsAllOfARule() throws Exception {
        Result result = Cli.run(withOwnRules(), "rules", "show", "own");
        assertEquals(
                """
                id          own
                title       Our own key
                type        EXFIL
                severity    high
                directions  outbound, inbound
                regex       own_[a-f]{8,12}
                letter case matters
                secret      is masked
                prefix      own_
                in names    may stand between underscores
                entropy     at least 1.5 bits a byte
                unless      own__
                holds       letter
                home host   a.example after own_a
                home host   *.a.example after own_a
                home host   own.example otherwise
                tenant host *.own.example
                hit         own_abcdefab
                miss        own_xyz
                """,
                result.out());
    }

    @Test
    void show_asJson_isARuleFileOfOne() throws Exception {
        Result result = Cli.run(withOwnRules(), "rules", "show", "own", "--json");
        Path again =
                write("again.json", "{\"version\":1,\"rules\":[" + result.out().strip() + "]}");
        Result checked = check(again, 0);
        assertEquals(0, checked.status(), checked.err());
        assertEquals(
                result.out(),
                Cli.run(
                                Map.of("CLAWSEC_RULES_FILES", again.toString()),
                                "rules",
                                "show",
                                "own",
                                "--json")
                        .out());
    }

    @Test
    void show_unknownRule_isNo() {
        assertEquals(
                new Result(
                        1, "", "clawsec: no rule is named ai_api_kee; did you mean ai_api_key?\n"),
                Cli.run("rules", "show", "ai_api_kee"));
    }

    @Test
    void test_findsWithOffsets_andHidesSecrets() throws Exception {
        Path file = write("text", "x".repeat(70_000) + " " + SECRET + "\n" + SECRET);
        Result result = Cli.run(withOwnRules(), "rules", "test", file.toString());
        assertEquals(0, result.status(), result.err());
        assertTrue(result.out().contains("70001: critical EXFIL own\n"), result.out());
        assertTrue(result.out().contains("70018: critical EXFIL own\n"), result.out());
        assertTrue(result.out().endsWith("\n2 found\n"), result.out());
        assertFalse(result.out().contains(SECRET), result.out());
    }

    @Test
    void test_readsStandardInput_inTheDirectionAskedFor() throws Exception {
        String[] inbound = {"rules", "test", "--direction", "inbound", "--json"};
        Result result = Cli.reading(" " + SECRET, withOwnRules(), inbound);
        assertEquals(
                "[{\"offset\":1,\"direction\":\"inbound\",\"threat_type\":\"EXFIL\","
                        + "\"pattern\":\"own\",\"severity\":\"medium\","
                        + "\"snippet\":\" own_abcd...\",\"via\":[]}]\n",
                result.out());
        assertEquals(
                "nothing found\n", Cli.reading("nothing", Map.of(), "rules", "test", "-").out());
    }

    /** More than it keeps to tell apart, in a file and through a pipe. */
    @Test
    void test_manyFindings_arePrintedOnceAndInOrder() throws Exception {
        int many = FindingPrinter.MAX_SEEN + 1_000;
        Path file = write("text", (" ".repeat(1_100) + SECRET).repeat(many));
        Result result = Cli.run(withOwnRules(), "rules", "test", file.toString());
        assertEquals(0, result.status(), result.err());
        List<String> lines =
                result.out().lines().filter(line -> line.endsWith("critical EXFIL own")).toList();
        assertEquals(many, lines.size());
        for (int i = 0; i < many; i++) {
            long offset = 1_100 + i * (1_100L + SECRET.length());
            assertEquals(offset + ": critical EXFIL own", lines.get(i));
        }
        assertTrue(result.out().endsWith("\n" + many + " found\n"), result.out()::toString);
    }

    @Test
    void test_moreFindingsThanAreReported_saysHowMany() throws Exception {
        Path file = write("text", (SECRET + " ").repeat(200));
        Result result = Cli.run(withOwnRules(), "rules", "test", file.toString());
        assertTrue(
                result.out()
                        .matches(
                                "(?s).*\n"
                                    + "1[0-9]{2} found; [0-9]+ more were counted only: of one text"
                                    + " 128 are reported, and one for each KB\n"),
                result.out());
    }

    @Test
    void test_missingFile_isNo() {
        Path file = folder.resolve("none");
        assertEquals(
                new Result(1, "", "clawsec: there is no file " + file + "\n"),
                Cli.run("rules", "test", file.toString()));
        assertEquals(
                new Result(3, "", "clawsec: cannot read " + folder + ": it is a folder\n"),
                Cli.run("rules", "test", folder.toString()));
    }

    @Test
    void check_goodFile_isDone() throws Exception {
        Path file = write("rules.json", RULES);
        Result result = check(file, 0);
        assertEquals(0, result.status(), result.err());
        assertEquals(
                List.of(
                        file + ": 1 rule, every hit found and no miss: own",
                        "the worst text found for them scans at N MB/s; at least 0 are wanted"),
                result.out().replaceAll("at [0-9]+ MB", "at N MB").lines().toList());
    }

    @Test
    void check_slowFile_isNo() throws Exception {
        Result result = check(write("rules.json", RULES), 1e9);
        assertEquals(1, result.status());
        assertTrue(
                result.err().contains("at least 1000000000 are wanted: shorten bounded gaps"),
                result.err());
    }

    /** With a bound that does not depend on the machine. */
    private static Result check(Path file, double leastMegabytesPerSecond) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Terminal terminal =
                new Terminal(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        false,
                        Optional::empty);
        Session session =
                new Session(
                        Map.of(), terminal, InputStream.nullInputStream(), InstantSource.system());
        ParsedCommand parsed =
                new ParsedCommand(Command.RULES_CHECK, Optional.of(file.toString()), List.of());
        ExitStatus status = RulesCommand.check(parsed, session, leastMegabytesPerSecond);
        return new Result(
                status.code(),
                out.toString(StandardCharsets.UTF_8),
                err.toString(StandardCharsets.UTF_8));
    }

    @Test
    void check_brokenFile_isNoWithPlaceRuleAndReason() throws Exception {
        Path file = write("rules.json", RULES.replace("own_xyz", "own_aabbccdd"));
        assertEquals(
                new Result(
                        1,
                        "",
                        "clawsec: "
                                + file
                                + " line 5 column 31: rule own: miss number 1 is matched\n"),
                Cli.run("rules", "check", file.toString()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            textBlock =
                    """
                    "version":1 ~ "versions":1 ~ line 1 column 13: the file: versions is not known
                    "rules":[   ~ "rules":[,   ~ line 1 column 23: not valid JSON: Unexpected
                    own_[a-f]   ~ own_[a-f     ~ line 2 column 9: rule own: regex: unclosed '['
                    """)
    void check_fileThatIsNotWrittenAsRulesAre_isWrongUsage(String part, String with, String message)
            throws Exception {
        Path file = write("rules.json", RULES.replace(part, with));
        Result result = Cli.run("rules", "check", file.toString());
        assertEquals(2, result.status());
        assertTrue(result.err().startsWith("clawsec: " + file + " " + message), result.err());
    }

    @Test
    void check_fileThatIsTooLong_isWrongUsage() throws Exception {
        Path file = write("rules.json", " ".repeat(RuleSet.MAX_FILE_BYTES + 1));
        Result result = Cli.run("rules", "check", file.toString());
        assertEquals(2, result.status());
        assertTrue(result.err().contains("longer than the 4194304 bytes"), result.err());
    }

    @Test
    void check_idOfABuiltInRule_isNo() throws Exception {
        Path file = write("rules.json", RULES.replace("\"own\"", "\"ai_api_key\""));
        Result result = Cli.run("rules", "check", file.toString());
        assertEquals(1, result.status());
        assertEquals(
                "clawsec: "
                        + file
                        + " line 1 column 29: rule ai_api_key: the id is taken by a built-in rule;"
                        + " choose another\n",
                result.err());
    }

    @Test
    void check_noRules_isSaid() throws Exception {
        Path file = write("rules.json", "{\"version\":1,\"rules\":[]}");
        assertEquals(
                new Result(0, file + ": the list of rules is empty; nothing to check\n", ""),
                Cli.run("rules", "check", file.toString()));
    }
}
