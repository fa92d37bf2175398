package clawsec.ctl;

import clawsec.ca.CaException;
import clawsec.ctl.cli.ArgumentParser;
import clawsec.ctl.cli.Command;
import clawsec.ctl.cli.Invocation;
import clawsec.ctl.cli.ParsedCommand;
import clawsec.ctl.cli.UsageException;
import clawsec.ctl.config.ConfigException;
import clawsec.ctl.config.ConfigLoader;
import clawsec.ctl.config.FailureText;
import clawsec.ctl.config.MonitorConfig;
import clawsec.ctl.daemon.ConfiguredRules;
import clawsec.ctl.daemon.Wiring;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The {@code clawsec} command. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        Map<String, String> environment = System.getenv();
        Terminal terminal = Terminal.ofProcess(environment);
        System.exit(
                run(
                        List.of(arguments),
                        new Session(environment, terminal, System.in, InstantSource.system())));
    }

    /**
     * Runs one command without colours.
     *
     * @return the exit status
     */
    static int run(
            List<String> arguments,
            Map<String, String> environment,
            InputStream in,
            PrintStream out,
            PrintStream err) {
        Terminal terminal = new Terminal(out, err, false, Optional::empty);
        return run(arguments, new Session(environment, terminal, in, InstantSource.system()));
    }

    /** Runs one command and returns its exit status. */
    static int run(List<String> arguments, Session session) {
        ExitStatus status;
        try {
            status = run(ArgumentParser.parse(arguments), session);
        } catch (UsageException e) {
            session.complain(String.valueOf(e.getMessage()));
            session.terminal().err().println("Try: " + e.helpCommand());
            status = ExitStatus.WRONG_USAGE;
        } catch (ConfigException e) {
            session.complain(String.valueOf(e.getMessage()));
            status = ExitStatus.WRONG_USAGE;
        } catch (CaException e) {
            session.complain(String.valueOf(e.getMessage()));
            status = ExitStatus.FAILED;
        } catch (IOException e) {
            session.complain(FailureText.withRemedy(e));
            status = ExitStatus.FAILED;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            session.complain("interrupted");
            status = ExitStatus.FAILED;
        }
        return status.code();
    }

    /** A command whose results did not get out has failed, however well it fared. */
    private static ExitStatus told(ExitStatus status, Session session) {
        Optional<String> lost = session.terminal().lostResults();
        lost.ifPresent(why -> session.complain("cannot write to standard output: " + why));
        return lost.isPresent() ? ExitStatus.FAILED : status;
    }

    private static ExitStatus run(Invocation invocation, Session session)
            throws ConfigException, CaException, IOException, InterruptedException {
        // Not a switch over the types: the code made for one at run time delays each start.
        if (invocation instanceof Invocation.Run run) {
            ExitStatus status = run(run.parsed(), session);
            // What start says on the way is no result of its.
            return run.parsed().command() == Command.START ? status : told(status, session);
        }
        if (invocation instanceof Invocation.ShowHelp help) {
            session.terminal().out().print(help.text());
        } else {
            session.print(Version.read().line());
        }
        return told(ExitStatus.DONE, session);
    }

    private static ExitStatus run(ParsedCommand parsed, Session session)
            throws ConfigException, CaException, IOException, InterruptedException {
        MonitorConfig config = ConfigLoader.load(parsed.flags(), session.environment());
        Path folder = config.records().folder();
        return switch (parsed.command()) {
            case START -> StartCommand.run(config, parsed, session);
            case STOP -> StopCommand.run(folder, StopCommand.PATIENCE, session);
            case STATUS -> StatusCommand.run(folder, parsed, session);
            case THREATS -> ThreatsCommand.run(folder, parsed, session);
            case CA_PATH -> CaCommand.path(folder, session);
            case CA_SHOW -> CaCommand.show(folder, session);
            case CA_EXPORT -> CaCommand.export(folder, parsed, session);
            case RULES_LIST ->
                    RulesCommand.list(ConfiguredRules.readWhole(config), parsed, session);
            case RULES_SHOW ->
                    RulesCommand.show(ConfiguredRules.readWhole(config), parsed, session);
            case RULES_TEST ->
                    RulesTestCommand.run(
                            ConfiguredRules.read(config),
                            Wiring.detection(config),
                            parsed,
                            session);
            case RULES_CHECK -> RulesCommand.check(parsed, session);
        };
    }
}
