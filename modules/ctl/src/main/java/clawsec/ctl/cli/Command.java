package clawsec.ctl.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

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
    CA_EXPORT("ca export", "write that certificate to standard output", Options.FORMAT);

    private final String words;
    private final String summary;

    @SuppressWarnings("ImmutableEnumChecker") // an unmodifiable list of records
    private final List<OptionSpec<?>> options;

    Command(String words, String summary, OptionSpec<?>... options) {
        this.words = words;
        this.summary = summary;
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

    /** Its own options, then the common ones. */
    public List<OptionSpec<?>> options() {
        return options;
    }
}
