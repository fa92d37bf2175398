package clawsec.detect.decode;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
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
     * What stands for the inside of {@code ${...}}: a name, or a name and what is done with the
     * value (POSIX.1-2024, Shell Command Language, 2.6.2; Bash Reference Manual 3.5.3). Patterns
     * are understood as far as a star stands at one end.
     */
    Optional<String> expansion(String inside) {
        int end = 0;
        while (end < inside.length() && ShellLine.isNamePart((byte) inside.charAt(end))) {
            end++;
        }
        String name = inside.substring(0, end);
        if (name.startsWith("IFS")) {
            return Optional.of(" ");
        }
        String rest = inside.substring(end);
        if (rest.isEmpty()) {
            return value(name);
        }
        String whole = values.containsKey(name) ? values.get(name) : GIVEN.get(name);
        return whole == null ? substitute(name, rest) : changed(whole, rest);
    }

    /** The word that stands for a variable that is not set. */
    private Optional<String> substitute(String name, String rest) {
        String operator = rest.startsWith(":") ? rest.substring(1) : rest;
        if (operator.startsWith("-")) {
            return Optional.of(operator.substring(1));
        }
        if (operator.startsWith("=")) {
            set(name, operator.substring(1));
            return Optional.of(operator.substring(1));
        }
        return Optional.empty();
    }

    private static Optional<String> changed(String whole, String rest) {
        String argument = rest.substring(1);
        boolean isDoubled = argument.startsWith(rest.substring(0, 1));
        String pattern = isDoubled ? argument.substring(1) : argument;
        return switch (rest.charAt(0)) {
            case ':' -> {
                char next = argument.isEmpty() ? ' ' : argument.charAt(0);
                yield switch (next) {
                    case '-', '=', '?' -> Optional.of(whole);
                    case '+' -> Optional.of(argument.substring(1));
                    default -> part(whole, argument.strip());
                };
            }
            case '-', '=', '?' -> Optional.of(whole);
            case '+' -> Optional.of(argument);
            case '%' -> Optional.of(withoutEnd(whole, pattern, isDoubled));
            case '#' -> Optional.of(withoutStart(whole, pattern, isDoubled));
            case '/' -> Optional.of(replaced(whole, pattern, isDoubled));
            case ',' -> Optional.of(whole.toLowerCase(Locale.ROOT));
            case '^' -> Optional.of(whole.toUpperCase(Locale.ROOT));
            default -> Optional.empty();
        };
    }

    private static String withoutEnd(String whole, String pattern, boolean isLongest) {
        if (!pattern.endsWith("*")) {
            boolean isThere = whole.endsWith(pattern);
            return isThere ? whole.substring(0, whole.length() - pattern.length()) : whole;
        }
        String first = pattern.substring(0, pattern.length() - 1);
        int at = isLongest ? whole.indexOf(first) : whole.lastIndexOf(first);
        return at < 0 ? whole : whole.substring(0, at);
    }

    private static String withoutStart(String whole, String pattern, boolean isLongest) {
        if (!pattern.startsWith("*")) {
            return whole.startsWith(pattern) ? whole.substring(pattern.length()) : whole;
        }
        String last = pattern.substring(1);
        int at = isLongest ? whole.lastIndexOf(last) : whole.indexOf(last);
        return at < 0 ? whole : whole.substring(at + last.length());
    }

    private static String replaced(String whole, String pattern, boolean isEach) {
        int slash = pattern.indexOf('/');
        String old = slash < 0 ? pattern : pattern.substring(0, slash);
        String other = slash < 0 ? "" : pattern.substring(slash + 1);
        int at = whole.indexOf(old);
        if (old.isEmpty() || at < 0) {
            return whole;
        }
        if (isEach) {
            String all = whole.replace(old, other);
            return all.length() > MAX_VALUE_BYTES ? whole : all;
        }
        return whole.substring(0, at) + other + whole.substring(at + old.length());
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
