package clawsec.ctl;

import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/**
 * Where a command writes. Results go to {@code out}, complaints to {@code err}.
 *
 * @param isStyled whether colours are wanted
 */
record Terminal(PrintStream out, PrintStream err, boolean isStyled) {
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
        PrintStream out =
                new PrintStream(
                        new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        return new Terminal(out, System.err, isStyled);
    }

    /** The text in a style, or plain. */
    String styled(Style style, String text) {
        return isStyled ? style.code + text + RESET : text;
    }
}
