package clawsec.ctl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import clawsec.ctl.config.ConfigKeys;
import clawsec.ctl.config.FlagValue;
import clawsec.ctl.config.GivenFlags;
import clawsec.detect.Direction;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArgumentParserTest {
    @Test
    void parse_optionsOfACommand_giveTypedValues() throws UsageException {
        ParsedCommand parsed =
                parse("threats --limit 3 --direction inbound --since=2h --json --pattern a.b");
        assertEquals(Command.THREATS, parsed.command());
        assertEquals(Optional.of(3), parsed.value(Options.LIMIT));
        assertEquals(Optional.of(Direction.INBOUND), parsed.value(Options.DIRECTION));
        assertEquals(Optional.of(new Since.Ago(Duration.ofHours(2))), parsed.value(Options.SINCE));
        assertEquals(Optional.of("a.b"), parsed.value(Options.PATTERN));
        assertEquals(Optional.empty(), parsed.value(Options.FOLLOW));
        assertEquals(GivenFlags.NONE, parsed.flags());
    }

    @Test
    void parse_optionsThatAreKeys_becomeFlags() throws UsageException {
        ParsedCommand parsed = parse("start --no-mitm --port 9 --host ::1 --log-dir d --config c");
        assertEquals(
                Set.of(
                        new FlagValue("--no-mitm", ConfigKeys.ENABLE_MITM, "false"),
                        new FlagValue("--port", ConfigKeys.PROXY_PORT, "9"),
                        new FlagValue("--host", ConfigKeys.PROXY_HOST, "::1"),
                        new FlagValue("--log-dir", ConfigKeys.LOG_DIR, "d")),
                Set.copyOf(parsed.flags().keys()));
        assertEquals(Optional.of("c"), parsed.flags().file());
    }

    @Test
    void parse_commandOfTwoWords_isFound() throws UsageException {
        assertEquals(
                Optional.of(CertificateFormat.DER),
                parse("ca export --format der").value(Options.FORMAT));
    }

    @Test
    void parse_operand_standsBeforeOrAfterOptions() throws UsageException {
        assertEquals(Optional.of("a"), parse("rules show a --json").operand());
        assertEquals(Optional.of("a"), parse("rules show --json a").operand());
        assertEquals(Optional.of("-"), parse("rules test -").operand());
        assertEquals(Optional.empty(), parse("rules test").operand());
    }

    @Test
    void parse_helpAnywhere_showsTheHelpOfTheCommand() throws UsageException {
        for (String line : List.of("stop --help", "stop -h", "stop --prot 1 --help")) {
            Invocation invocation = ArgumentParser.parse(words(line));
            assertEquals(new Invocation.ShowHelp(HelpText.of(Command.STOP)), invocation);
        }
        assertEquals(
                new Invocation.ShowHelp(HelpText.ofProgram()),
                ArgumentParser.parse(List.of("--help")));
        assertInstanceOf(Invocation.ShowHelp.class, ArgumentParser.parse(List.of("ca", "--help")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    --prot 9|expected a command before --prot|clawsec --help
                    sart|unknown command "sart"; did you mean start?|clawsec --help
                    run|unknown command "run"; there are start, stop, status, threats, ca path, ca\
                     show, ca export, rules list, rules show, rules test, rules check|clawsec --help
                    ca|ca needs one more word; there are ca path, ca show, ca export|clawsec ca --help
                    ca --format der|ca needs one more word; there are ca path, ca show, ca export\
                    |clawsec ca --help
                    ca exprot|unknown command "ca exprot"; did you mean ca export?|clawsec ca --help
                    ca install|unknown command "ca install"; there are ca path, ca show, ca export\
                    |clawsec ca --help
                    rules show|rules show needs ID|clawsec rules show --help
                    rules show a b|rules show takes one ID, not also "b"|clawsec rules show --help
                    rules test a b|rules test takes one FILE, not also "b"|clawsec rules test --help
                    rules list a|rules list takes no argument such as "a"|clawsec rules list --help
                    start --prot 9|unknown option --prot; did you mean --port?|clawsec start --help
                    start --prot=9|unknown option --prot; did you mean --port?|clawsec start --help
                    start --json|unknown option --json; there are --no-mitm, --host, --port,\
                     --config, --log-dir, --help|clawsec start --help
                    start --por 9|unknown option --por; did you mean --port?|clawsec start --help
                    stop -x|unknown option -x; there are --config, --log-dir, --help|clawsec stop --help
                    start 8888|start takes no argument such as "8888"|clawsec start --help
                    start --port|an argument is missing: --port N|clawsec start --help
                    start --port --no-mitm|an argument is missing: --port N|clawsec start --help
                    start --port 1 --port 2|--port is given twice|clawsec start --help
                    start --no-mitm --no-mitm|--no-mitm is given twice|clawsec start --help
                    start --no-mitm=false|--no-mitm takes no value; type it without one, or leave it\
                     away|clawsec start --help
                    start --port 65536|--port is 65536; allowed is a whole number from 0 to 65535\
                    |clawsec start --help
                    start --port -1|--port is -1; allowed is a whole number from 0 to 65535|clawsec\
                     start --help
                    start --host a:1|--host is a:1; allowed is a host name or an IP address|clawsec\
                     start --help
                    threats --limit 0|--limit is 0; allowed is a whole number from 1 to 1000000\
                    |clawsec threats --help
                    threats --limit 1000001|--limit is 1000001; allowed is a whole number from 1 to\
                     1000000|clawsec threats --help
                    threats --direction in|--direction is in; allowed is one of outbound, inbound\
                    |clawsec threats --help
                    threats --since now|--since is now; allowed is an instant such as\
                     2026-02-19T13:41:59Z, a date such as 2026-02-19, or how long ago, such as 90s,\
                     30m, 2h or 7d|clawsec threats --help
                    ca export --format p12|--format is p12; allowed is one of pem, der|clawsec ca\
                     export --help
                    """)
    void parse_wrongLine_saysWhatIsWrongAndWhereHelpIs(String line, String message, String help) {
        UsageException refused =
                assertThrows(UsageException.class, () -> ArgumentParser.parse(words(line)));
        assertEquals(message, refused.getMessage());
        assertEquals(help, refused.helpCommand());
    }

    @Test
    void parse_nothing_saysWhatExists() {
        UsageException refused =
                assertThrows(UsageException.class, () -> ArgumentParser.parse(List.of()));
        assertEquals(
                "no command given; the commands are start, stop, status, threats, ca path, ca show,"
                        + " ca export, rules list, rules show, rules test, rules check",
                refused.getMessage());
    }

    private static ParsedCommand parse(String line) throws UsageException {
        return assertInstanceOf(Invocation.Run.class, ArgumentParser.parse(words(line))).parsed();
    }

    private static List<String> words(String line) {
        return List.of(line.split(" ", -1));
    }
}
