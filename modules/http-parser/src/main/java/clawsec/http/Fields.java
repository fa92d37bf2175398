package clawsec.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The field lines of one message section, in the order and spelling in which they were received.
 * Immutable.
 */
public record Fields(List<FieldLine> lines) {
    public static final Fields EMPTY = new Fields(List.of());

    public Fields {
        lines = List.copyOf(lines);
    }

    public static Fields of(FieldLine... lines) {
        return new Fields(List.of(lines));
    }

    /** The value of the first line of that name. */
    public Optional<String> first(String name) {
        for (FieldLine line : lines) {
            if (line.isNamed(name)) {
                return Optional.of(line.value());
            }
        }
        return Optional.empty();
    }

    public boolean contains(String name) {
        for (FieldLine line : lines) {
            if (line.isNamed(name)) {
                return true;
            }
        }
        return false;
    }

    /** The values of all lines of that name, in order. */
    public List<String> all(String name) {
        List<String> values = new ArrayList<>(2);
        for (FieldLine line : lines) {
            if (line.isNamed(name)) {
                values.add(line.value());
            }
        }
        return values;
    }

    /**
     * The members of a list-valued field (RFC 9110 §5.6.1): all lines of that name split at commas
     * outside quoted strings, trimmed, empty members dropped.
     */
    public List<String> members(String name) {
        List<String> members = new ArrayList<>(2);
        for (FieldLine line : lines) {
            if (line.isNamed(name)) {
                split(line.value(), members);
            }
        }
        return members;
    }

    /** These lines without those that match. */
    public Fields without(Predicate<FieldLine> unwanted) {
        return new Fields(lines.stream().filter(unwanted.negate()).toList());
    }

    /** These lines followed by one more. */
    public Fields with(String name, String value) {
        return new Fields(
                Stream.concat(lines.stream(), Stream.of(new FieldLine(name, value))).toList());
    }

    private static void split(String value, List<String> into) {
        int start = 0;
        boolean quoted = false;
        for (int i = 0; i <= value.length(); i++) {
            char c = i == value.length() ? ',' : value.charAt(i);
            if (c == '"' && i < value.length()) {
                quoted = !quoted;
            } else if (quoted && c == '\\') {
                i++;
            } else if (i >= value.length() || (c == ',' && !quoted)) {
                String member = value.substring(start, Math.min(i, value.length())).strip();
                if (!member.isEmpty()) {
                    into.add(member);
                }
                start = i + 1;
            }
        }
    }
}
