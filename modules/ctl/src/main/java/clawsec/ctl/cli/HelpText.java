package clawsec.ctl.cli;

import clawsec.ctl.config.ConfigKey;
import clawsec.ctl.config.ConfigKeys;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Help texts, written from the tables of commands, options and keys. */
public final class HelpText {
    private static final int MAX_COLUMNS = 100;

    private HelpText() {}

    /** What {@code clawsec --help} prints. */
    public static String ofProgram() {
        StringBuilder text = new StringBuilder();
        text.append(
                "ClawSec Monitor: see what your AI agents are really doing on the network.\n\n");
        text.append("Usage: clawsec COMMAND [OPTION...]\n\nCommands:\n");
        appendCommands(text, Arrays.asList(Command.values()));
        text.append('\n');
        appendOptions(text, List.of(Options.HELP, Options.VERSION));
        text.append("\nclawsec COMMAND --help tells more of a command.\n");
        appendExitStatus(text);
        return text.toString();
    }

    /** The help of commands that share their first word. */
    static String ofGroup(String word, List<Command> members) {
        StringBuilder text =
                new StringBuilder("Usage: clawsec " + word + " COMMAND [OPTION...]\n\n");
        text.append("Commands:\n");
        appendCommands(text, members);
        return text.toString();
    }

    /** The help of one command. */
    public static String of(Command command) {
        StringBuilder text = new StringBuilder("clawsec " + command.words() + ": ");
        text.append(command.summary()).append(".\n\n");
        List<String> words = new ArrayList<>();
        command.options().forEach(option -> words.add("[" + option.usage() + "]"));
        command.operand().ifPresent(operand -> words.add(operand.usage()));
        String usage = "Usage: clawsec " + command.words();
        appendWrapped(text, new StringBuilder(usage), usage.length(), words);
        text.append('\n');
        command.operand()
                .ifPresent(operand -> {
                    appendRow(text, operand.name(), 15, operand.help());
                    text.append('\n');
                });
        appendOptions(text, command.options());
        if (command == Command.START) {
            appendKeys(text);
        }
        appendExitStatus(text);
        return text.toString();
    }

    private static void appendCommands(StringBuilder text, List<Command> commands) {
        commands.forEach(command -> appendRow(text, command.words(), 11, command.summary()));
    }

    private static void appendOptions(StringBuilder text, List<OptionSpec<?>> options) {
        text.append("Options:\n");
        for (OptionSpec<?> option : options) {
            String help =
                    option.key().isPresent() && !option.isSwitch()
                            ? option.help() + " (default " + shownDefault(option) + ")"
                            : option.help();
            appendRow(text, option.usage(), 15, help);
        }
    }

    private static String shownDefault(OptionSpec<?> option) {
        return option.key().map(key -> key.shownDefault()).orElse("none");
    }

    private static void appendKeys(StringBuilder text) {
        text.append(
                "\nKeys of the configuration file (one JSON object); every one can be set as an");
        text.append(
                " environment\nvariable too, such as CLAWSEC_PROXY_PORT. An option goes over a");
        text.append(" variable, a variable over the file:\n");
        for (ConfigKey<?> key : ConfigKeys.ALL) {
            String help = key.help() + " (default " + key.shownDefault() + ")";
            appendRow(text, key.name(), 20, help);
        }
    }

    private static void appendExitStatus(StringBuilder text) {
        text.append(
                "\nExit status: 0 done, 1 the answer is no (such as not running), 2 wrong usage");
        text.append(" or\nconfiguration, 3 something outside failed.\n");
    }

    /** A name in a column, and text beside it that keeps its own left edge over lines. */
    private static void appendRow(StringBuilder text, String name, int width, String help) {
        StringBuilder line = new StringBuilder("  " + name);
        line.repeat(' ', Math.max(0, width + 2 - line.length()));
        appendWrapped(text, line, width + 2, Arrays.asList(help.split(" ", -1)));
    }

    /** Ends a line with words; what does not fit goes on below, from column {@code edge} on. */
    private static void appendWrapped(
            StringBuilder text, StringBuilder line, int edge, List<String> words) {
        for (String word : words) {
            if (line.length() + 1 + word.length() > MAX_COLUMNS) {
                text.append(line).append('\n');
                line.setLength(0);
                line.repeat(' ', edge);
            }
            line.append(' ').append(word);
        }
        text.append(line).append('\n');
    }
}
