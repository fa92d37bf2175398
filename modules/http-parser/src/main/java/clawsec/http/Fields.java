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

    /**
     * These lines with one of that name, which stands where the first one stood, or last where
     * there was none.
     */
    public Fields withOnly(String name, String value) {
        List<FieldLine> changed = new ArrayList<>(lines.size() + 1);
        boolean isPlaced = false;
        for (FieldLine line : lines) {
            if (!line.isNamed(name)) {
                changed.add(line);
            } else if (!isPlaced) {
                changed.add(new FieldLine(line.name(), value));
                isPlaced = true;
            }
        }
        if (!isPlaced) {
            changed.add(new FieldLine(name, value));
        }
        return new Fields(changed);
    }

    /** These lines followed by one more. */
    public Fields with(String name, String value) {
        return new Fields(
                Stream.concat(lines.stream(), Stream.of(new FieldLine(name, value))).toList());
    }

    private static void split(String value, List<String> into) {
        int start = 0;
        boolean isQuoted = false;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"') {
                isQuoted = !isQuoted;
            } else if (isQuoted && c == '\\') {
                i++;
            } else if (!isQuoted && c == ',') {
                addTrimmed(value, start, i, into);
                start = i + 1;
            }
        }
        addTrimmed(value, start, value.length(), into);
    }

    private static void addTrimmed(String value, int start, int end, List<String> into) {
        int from = start;
        int to = end;
        while (from < to && isBlank(value.charAt(from))) {
            from++;
        }
        while (from < to && isBlank(value.charAt(to - 1))) {
            to--;
        }
        if (from < to) {
            into.add(value.substring(from, to));
        }
    }

    /** SP and HTAB alone: other white space is part of a value (RFC 9110 §5.6.3). */
    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }
}
