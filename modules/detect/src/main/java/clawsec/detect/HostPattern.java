package clawsec.detect;

import java.util.Locale;
import java.util.Optional;

/**
 * A host name, or with a leading {@code *.} all names below one; letter case does not matter.
 *
 * @param text in lower case
 */
record HostPattern(String text) {
    private static final String BELOW = "*.";

    /** Empty when it is no host name. */
    static Optional<HostPattern> parse(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        String name = lower.startsWith(BELOW) ? lower.substring(BELOW.length()) : lower;
        return name.matches("[a-z0-9_-]+(\\.[a-z0-9_-]+)*")
                ? Optional.of(new HostPattern(lower))
                : Optional.empty();
    }

    /**
     * @param host in any letter case, without port
     */
    boolean matches(String host) {
        String lower = host.toLowerCase(Locale.ROOT);
        return text.startsWith(BELOW) ? lower.endsWith(text.substring(1)) : lower.equals(text);
    }
}
