package clawsec.log;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One message and its form in {@code clawsec.log}: time, level, logger, text, what was thrown.
 *
 * @param logger the logger's short name
 */
record LogMessage(String logger, Level level, String text, @Nullable Throwable thrown) {
    /** Longer text is cut: no peer fills the log with one message. */
    static final int TEXT_LIMIT_CHARS = 8192;

    /** Causes named on one line. */
    static final int CAUSES_LIMIT = 8;

    /**
     * The line, or lines with the stack trace (each indented by a tab), newline included.
     *
     * @param mask every text is shown through it
     */
    String line(Instant time, boolean hasStackTrace, UnaryOperator<String> mask) {
        StringBuilder out = new StringBuilder(160);
        out.append(Timestamps.format(time)).append(' ');
        append(out, mask);
        if (hasStackTrace && thrown != null) {
            StringWriter trace = new StringWriter();
            thrown.printStackTrace(new PrintWriter(trace));
            trace.toString()
                    .lines()
                    .forEach(line ->
                            out.append('\t').append(clean(line.strip(), mask)).append('\n'));
        }
        return out.toString();
    }

    /** The line without a time, for stderr. */
    String line() {
        StringBuilder out = new StringBuilder(160);
        append(out, UnaryOperator.identity());
        return out.toString();
    }

    private void append(StringBuilder out, UnaryOperator<String> mask) {
        out.append(level)
                .append(' ')
                .append(clean(logger, mask))
                .append(' ')
                .append(clean(text, mask));
        String separator = ": ";
        Throwable next = thrown;
        for (int i = 0; next != null && i < CAUSES_LIMIT; i++) {
            out.append(separator).append(clean(next.toString(), mask));
            separator = "; caused by ";
            next = next.getCause();
        }
        out.append('\n');
    }

    private static String clean(String unmasked, UnaryOperator<String> mask) {
        String text = mask.apply(unmasked);
        if (text.length() <= TEXT_LIMIT_CHARS) {
            return Printable.of(text);
        }
        int cut = text.length() - TEXT_LIMIT_CHARS;
        return Printable.of(text.substring(0, TEXT_LIMIT_CHARS))
                + "... ("
                + cut
                + " characters cut)";
    }
}
