package clawsec.detect;

import java.util.Locale;
import java.util.Optional;

/**
 * A host name, or several: a leading {@code *.} stands for all names below the rest, any other
 * {@code *} for characters of one label, but not of the last. Letter case does not matter.
 *
 * @param text in lower case
 */
record HostPattern(String text) {
    private static final String BELOW = "*.";
    private static final char ANY = '*';

    /** Empty when it is no host name. */
    static Optional<HostPattern> parse(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        String name = lower.startsWith(BELOW) ? lower.substring(BELOW.length()) : lower;
        return name.matches("([a-z0-9_*-]+\\.)*[a-z0-9_-]+")
                ? Optional.of(new HostPattern(lower))
                : Optional.empty();
    }

    /**
     * @param host in any letter case, without port
     */
    boolean matches(String host) {
        String lower = host.toLowerCase(Locale.ROOT);
        int from = text.startsWith(BELOW) ? BELOW.length() : 0;
        String[] wanted = text.substring(from).split("\\.", -1);
        String[] labels = lower.split("\\.", -1);
        int more = labels.length - wanted.length;
        if (from == 0 ? more != 0 : more < 1) {
            return false;
        }
        for (int i = 0; i < wanted.length; i++) {
            if (!isLike(wanted[i], labels[more + i])) {
                return false;
            }
        }
        return true;
    }

    /** Takes each star for as little as will do; only the latest ever has to take more. */
    private static boolean isLike(String wanted, String label) {
        int at = 0;
        int star = -1;
        int resumed = 0;
        for (int i = 0; i < label.length(); ) {
            if (at < wanted.length() && wanted.charAt(at) == ANY) {
                star = at++;
                resumed = i;
            } else if (at < wanted.length() && wanted.charAt(at) == label.charAt(i)) {
                at++;
                i++;
            } else if (star >= 0) {
                at = star + 1;
                i = ++resumed;
            } else {
                return false;
            }
        }
        return wanted.substring(at).chars().allMatch(each -> each == ANY);
    }
}
