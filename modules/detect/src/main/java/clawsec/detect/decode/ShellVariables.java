package clawsec.detect.decode;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The variables of a shell: those that were set, and a few that every shell has and whose letters
 * are borrowed ({@code ${PATH:0:1}} is a slash). Confined to one reading.
 */
final class ShellVariables {
    /** The most variables that are remembered. */
    static final int MAX_VARIABLES = 32;

    /** The most bytes of a value. */
    static final int MAX_VALUE_BYTES = 512;

    private static final Map<String, String> GIVEN =
            Map.of(
                    "PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
                    "HOME", "/home/user",
                    "PWD", "/home/user",
                    "SHELL", "/bin/bash");

    /** A character a byte. */
    private final Map<String, String> values = new HashMap<>();

    void set(String name, String value) {
        boolean hasRoom = values.size() < MAX_VARIABLES || values.containsKey(name);
        if (hasRoom && value.length() <= MAX_VALUE_BYTES) {
            values.put(name, value);
        }
    }

    /** The value of a variable that was set. */
    Optional<String> value(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /**
     * What stands for the inside of {@code ${...}}: a name, or a name with a place and a length.
     */
    Optional<String> expansion(String inside) {
        int colon = inside.indexOf(':');
        String name = colon < 0 ? inside : inside.substring(0, colon);
        if (name.startsWith("IFS")) {
            return Optional.of(" ");
        }
        if (colon < 0) {
            return value(name);
        }
        String whole = values.containsKey(name) ? values.get(name) : GIVEN.get(name);
        return whole == null ? Optional.empty() : part(whole, inside.substring(colon + 1));
    }

    private static Optional<String> part(String whole, String range) {
        int colon = range.indexOf(':');
        int from = number(colon < 0 ? range : range.substring(0, colon));
        int length = colon < 0 ? whole.length() : number(range.substring(colon + 1));
        if (from < 0 || length < 0 || from > whole.length()) {
            return Optional.empty();
        }
        return Optional.of(whole.substring(from, Math.min(whole.length(), from + length)));
    }

    private static int number(String digits) {
        boolean isNumber = !digits.isEmpty() && digits.length() <= 4;
        for (int i = 0; i < digits.length(); i++) {
            isNumber &= digits.charAt(i) >= '0' && digits.charAt(i) <= '9';
        }
        return isNumber ? Integer.parseInt(digits) : -1;
    }

    /** Bytes as text, a character a byte. */
    static String text(byte[] bytes, int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
    }
}
