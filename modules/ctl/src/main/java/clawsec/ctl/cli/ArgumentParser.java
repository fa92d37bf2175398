package clawsec.ctl.cli;

import clawsec.ctl.config.NearMiss;
import clawsec.ctl.config.RawValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.DefaultParser;
import org.apache.commons.cli.MissingArgumentException;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.ParseException;
import org.apache.commons.cli.UnrecognizedOptionException;

/** Reads a command line by the table of commands. */
public final class ArgumentParser {
    private static final String PROGRAM_HELP = "clawsec --help";

    private ArgumentParser() {}

    /**
     * Reads the arguments of {@code clawsec}.
     *
     * @throws UsageException when a word or an option is unknown, missing, repeated, or set to what
     *     is not allowed
     */
    public static Invocation parse(List<String> arguments) throws UsageException {
        if (arguments.isEmpty()) {
            throw new UsageException(
                    "no command given; the commands are " + allCommands(), PROGRAM_HELP);
        }
        String first = arguments.getFirst();
        if (isHelp(first)) {
            return new Invocation.ShowHelp(HelpText.ofProgram());
        }
        if (first.equals(Options.VERSION.flag())) {
            return new Invocation.ShowVersion();
        }
        if (first.startsWith("-")) {
            throw new UsageException("expected a command before " + first, PROGRAM_HELP);
        }
        Optional<Command> command = command(arguments);
        return command.isPresent()
                ? command(command.get(), arguments)
                : group(first, arguments.subList(1, arguments.size()));
    }

    private static Optional<Command> command(List<String> arguments) {
        return Arrays.stream(Command.values())
                .filter(command -> {
                    List<String> words = command.wordList();
                    return arguments.size() >= words.size()
                            && arguments.subList(0, words.size()).equals(words);
                })
                .findFirst();
    }

    /** The arguments name no command: help on a group of commands, or an error. */
    private static Invocation group(String first, List<String> rest) throws UsageException {
        List<Command> members =
                Arrays.stream(Command.values())
                        .filter(command -> command.wordList().getFirst().equals(first))
                        .toList();
        if (members.isEmpty()) {
            Set<String> names = new TreeSet<>();
            Arrays.stream(Command.values()).forEach(c -> names.add(c.wordList().getFirst()));
            throw new UsageException(
                    "unknown command \"" + first + "\"" + meant(first, names, allCommands()),
                    PROGRAM_HELP);
        }
        if (rest.stream().anyMatch(ArgumentParser::isHelp)) {
            return new Invocation.ShowHelp(HelpText.ofGroup(first, members));
        }
        List<String> names = members.stream().map(c -> c.wordList().getLast()).toList();
        String help = "clawsec " + first + " --help";
        String all = String.join(", ", members.stream().map(Command::words).toList());
        if (rest.isEmpty() || rest.getFirst().startsWith("-")) {
            throw new UsageException(first + " needs one more word; there are " + all, help);
        }
        String unknown = "unknown command \"" + first + " " + rest.getFirst() + "\"";
        String meant =
                NearMiss.of(rest.getFirst(), names)
                        .map(name -> "; did you mean " + first + " " + name + "?")
                        .orElse("; there are " + all);
        throw new UsageException(unknown + meant, help);
    }

    private static Invocation command(Command command, List<String> arguments)
            throws UsageException {
        String help = "clawsec " + command.words() + " --help";
        List<String> rest = arguments.subList(command.wordList().size(), arguments.size());
        if (rest.stream().anyMatch(ArgumentParser::isHelp)) {
            return new Invocation.ShowHelp(HelpText.of(command));
        }
        CommandLine line = commandLine(command, rest, help);
        Optional<String> operand = operand(command, line.getArgList(), help);
        List<ParsedCommand.Given> all = new ArrayList<>();
        for (Option each : line.getOptions()) {
            ParsedCommand.Given given = given(command, each, help);
            if (all.stream()
                    .anyMatch(earlier -> earlier.option().name().equals(given.option().name()))) {
                throw new UsageException(given.option().flag() + " is given twice", help);
            }
            all.add(given);
        }
        return new Invocation.Run(new ParsedCommand(command, operand, all));
    }

    private static Optional<String> operand(Command command, List<String> words, String help)
            throws UsageException {
        Optional<Operand> wanted = command.operand();
        if (wanted.isEmpty() && !words.isEmpty()) {
            throw new UsageException(
                    command.words() + " takes no argument such as \"" + words.getFirst() + "\"",
                    help);
        }
        if (words.size() > 1) {
            throw new UsageException(
                    command.words()
                            + " takes one "
                            + wanted.map(Operand::name).orElse("")
                            + ", not also \""
                            + words.get(1)
                            + "\"",
                    help);
        }
        if (words.isEmpty() && wanted.filter(Operand::isRequired).isPresent()) {
            throw new UsageException(
                    command.words() + " needs " + wanted.map(Operand::name).orElse(""), help);
        }
        return words.stream().findFirst();
    }

    private static ParsedCommand.Given given(Command command, Option parsed, String help)
            throws UsageException {
        OptionSpec<?> option = option(command, parsed);
        String text = option.isSwitch() ? option.implied() : parsed.getValue();
        RawValue raw = new RawValue.Word(text);
        if (option.type().read(raw).isEmpty()) {
            throw new UsageException(
                    "%s is %s; allowed is %s"
                            .formatted(option.flag(), raw.shown(), option.type().allowed()),
                    help);
        }
        return new ParsedCommand.Given(option, text);
    }

    private static CommandLine commandLine(Command command, List<String> arguments, String help)
            throws UsageException {
        org.apache.commons.cli.Options options = new org.apache.commons.cli.Options();
        for (OptionSpec<?> option : command.options()) {
            options.addOption(
                    Option.builder()
                            .longOpt(option.name())
                            .hasArg(!option.isSwitch())
                            .desc(option.help())
                            .get());
        }
        try {
            return DefaultParser.builder()
                    .setAllowPartialMatching(false)
                    .get()
                    .parse(options, arguments.toArray(String[]::new));
        } catch (UnrecognizedOptionException e) {
            String flag = e.getOption().replaceFirst("=.*", "");
            List<String> flags = command.options().stream().<String>map(OptionSpec::flag).toList();
            if (flags.contains(flag) && e.getOption().contains("=")) {
                throw new UsageException(
                        flag + " takes no value; type it without one, or leave it away", help);
            }
            throw new UsageException(
                    "unknown option " + flag + meant(flag, flags, String.join(", ", flags)), help);
        } catch (MissingArgumentException e) {
            String usage = option(command, e.getOption()).usage();
            throw new UsageException("an argument is missing: " + usage, help);
        } catch (ParseException e) {
            throw new UsageException(String.valueOf(e.getMessage()), help);
        }
    }

    private static OptionSpec<?> option(Command command, Option given) {
        return command.options().stream()
                .filter(option -> option.name().equals(given.getLongOpt()))
                .findFirst()
                .orElseThrow();
    }

    private static String meant(String word, Collection<String> names, String all) {
        return NearMiss.of(word, names)
                .map(name -> "; did you mean " + name + "?")
                .orElse("; there are " + all);
    }

    private static String allCommands() {
        return String.join(", ", Arrays.stream(Command.values()).map(Command::words).toList());
    }

    private static boolean isHelp(String argument) {
        return argument.equals(Options.HELP.flag()) || argument.equals("-h");
    }
}
