package clawsec.ctl.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The table of commands. */
public enum Command {
    START(
            "start",
            "run the monitor in the foreground; Ctrl-C or SIGTERM stops it",
            Options.NO_MITM,
            Options.HOST,
            Options.PORT),
    STOP("stop", "stop the running monitor: SIGTERM, then SIGKILL after 5 seconds"),
    STATUS(
            "status",
            "say whether the monitor runs, what it did, and the last 5 threats",
            Options.JSON),
    THREATS(
            "threats",
            "list detected threats, newest first",
            Options.LIMIT,
            Options.FOLLOW,
            Options.PATTERN,
            Options.DIRECTION,
            Options.SINCE,
            Options.JSON),
    CA_PATH("ca path", "print the path of the certificate that clients must trust"),
    CA_SHOW("ca show", "show that certificate: its name, validity and fingerprint"),
    CA_EXPORT("ca export", "write that certificate to standard output", Options.FORMAT),
    RULES_LIST("rules list", "list the rules that are looked for", Options.JSON),
    RULES_SHOW(
            "rules show",
            "show all of one rule",
            new Operand("ID", true, "the rule's name, which is the pattern of a threat"),
            Options.JSON),
    RULES_TEST(
            "rules test",
            "scan a file or standard input and print what is found",
            new Operand("FILE", false, "what to scan; standard input without it, or for -"),
            Options.DIRECTION,
            Options.JSON),
    RULES_CHECK(
            "rules check",
            "check a rule file, and what the worst text that can be made for it costs",
            new Operand("FILE", true, "a rule file"));

    private final String words;
    private final String summary;
    private final @Nullable Operand operand;

    @SuppressWarnings("ImmutableEnumChecker") // an unmodifiable list of records
    private final List<OptionSpec<?>> options;

    Command(String words, String summary, OptionSpec<?>... options) {
        this(words, summary, null, options);
    }

    Command(String words, String summary, @Nullable Operand operand, OptionSpec<?>... options) {
        this.words = words;
        this.summary = summary;
        this.operand = operand;
        List<OptionSpec<?>> all = new ArrayList<>(Arrays.asList(options));
        all.addAll(Options.COMMON);
        this.options = List.copyOf(all);
    }

    /** The words that are typed after {@code clawsec}, with one space between them. */
    public String words() {
        return words;
    }

    /** Those words, apart. */
    List<String> wordList() {
        return List.of(words.split(" ", -1));
    }

    /** What it does, one sentence without a full stop. */
    public String summary() {
        return summary;
    }

    /** The argument it takes beside its options. */
    public Optional<Operand> operand() {
        return Optional.ofNullable(operand);
    }

    /** Its own options, then the common ones. */
    public List<OptionSpec<?>> options() {
        return options;
    }
}
