package clawsec.ctl;

import java.io.Console;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Where a command writes. Results go to {@code out}, complaints to {@code err}.
 *
 * @param isStyled whether colours are wanted
 * @param outFailure tells why {@code out} could not be written; empty while it could
 */
record Terminal(
        PrintStream out,
        PrintStream err,
        boolean isStyled,
        Supplier<Optional<IOException>> outFailure) {
    /** EPIPE in the words of every system that this runs on. */
    private static final String BROKEN_PIPE = "Broken pipe";

    private static final String RESET = "\u001b[0m";

    /** A colour of the terminal. */
    enum Style {
        BOLD("\u001b[1m"),
        DIM("\u001b[2m"),
        GREEN("\u001b[32m"),
        YELLOW("\u001b[33m"),
        RED("\u001b[31m");

        private final String code;

        Style(String code) {
            this.code = code;
        }
    }

    /**
     * The process's own streams, in UTF-8 whatever the locale. Colours where a person reads, unless
     * NO_COLOR says otherwise (no-color.org).
     */
    static Terminal ofProcess(Map<String, String> environment) {
        boolean isStyled =
                Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent()
                        && environment.getOrDefault("NO_COLOR", "").isEmpty()
                        && !"dumb".equals(environment.get("TERM"));
        return of(StandardOutput.ofProcess(), System.err, isStyled);
    }

    /** A terminal that writes results in UTF-8. */
    static Terminal of(StandardOutput output, PrintStream err, boolean isStyled) {
        PrintStream out = new PrintStream(output, true, StandardCharsets.UTF_8);
        return new Terminal(out, err, isStyled, output::failure);
    }

    /**
     * Why results did not all get out; empty when they did, or when their reader went away, such as
     * {@code head}, who has what he wants.
     */
    Optional<String> lostResults() {
        out.flush();
        return outFailure
                .get()
                .map(failure -> String.valueOf(failure.getMessage()))
                .filter(words -> !words.contains(BROKEN_PIPE));
    }

    /** The text in a style, or plain. */
    String styled(Style style, String text) {
        return isStyled ? style.code + text + RESET : text;
    }
}
