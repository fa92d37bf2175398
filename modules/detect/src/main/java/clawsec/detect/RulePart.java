package clawsec.detect;

import clawsec.detect.expression.ExpressionException;
import clawsec.detect.expression.Prepared;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** An object of a rule file, which knows what messages call it. */
final class RulePart {
    private final String sourceName;
    private final Map<String, JsonValue> values;
    private final JsonValue.Place place;
    private String name;

    /**
     * @param sourceName of the file
     * @param name what messages call the object
     * @param allowed the keys that it may have
     */
    RulePart(String sourceName, String name, JsonValue value, Set<String> allowed)
            throws RuleException {
        this.sourceName = sourceName;
        this.name = name;
        this.place = value.place();
        if (!(value instanceof JsonValue.Members members)) {
            throw new RuleException(where(place) + "is not an object");
        }
        this.values = members.values();
        for (String key : values.keySet()) {
            if (!allowed.contains(key)) {
                String known = allowed.stream().sorted().collect(Collectors.joining(", "));
                throw wrong(key, "is not known; there are " + known);
            }
        }
    }

    void rename(String newName) {
        name = newName;
    }

    boolean has(String key) {
        return values.containsKey(key);
    }

    /**
     * The objects of a list, none when there is no list.
     *
     * @param allowed the keys that they may have
     */
    List<RulePart> parts(String key, Set<String> allowed) throws RuleException {
        List<RulePart> parts = new ArrayList<>();
        if (values.containsKey(key)) {
            for (JsonValue value : array(key)) {
                String called = name + ": " + key + " number " + (parts.size() + 1);
                parts.add(new RulePart(sourceName, called, value, allowed));
            }
        }
        return parts;
    }

    JsonValue required(String key) throws RuleException {
        JsonValue value = values.get(key);
        if (value == null) {
            throw new RuleException(where(place) + key + " is missing");
        }
        return value;
    }

    String text(String key) throws RuleException {
        return text(key, required(key));
    }

    String text(String key, String absent) throws RuleException {
        return values.containsKey(key) ? text(key, required(key)) : absent;
    }

    boolean flag(String key, boolean absent) throws RuleException {
        if (!values.containsKey(key)) {
            return absent;
        }
        if (required(key) instanceof JsonValue.Flag flag) {
            return flag.value();
        }
        throw wrong(key, "is neither true nor false");
    }

    List<JsonValue> array(String key) throws RuleException {
        if (required(key) instanceof JsonValue.Array array) {
            return array.values();
        }
        throw wrong(key, "is not a list");
    }

    /** A number from 0 to {@code most}. */
    double number(String key, double absent, long most) throws RuleException {
        if (!values.containsKey(key)) {
            return absent;
        }
        if (required(key) instanceof JsonValue.Figure figure
                && figure.value() >= 0
                && figure.value() <= most) {
            return figure.value();
        }
        throw wrong(key, "is not a number from 0 to " + most);
    }

    List<String> texts(String key, List<String> absent) throws RuleException {
        return values.containsKey(key) ? texts(key) : absent;
    }

    /** A list with at least one text. */
    List<String> texts(String key) throws RuleException {
        List<String> texts = new ArrayList<>();
        for (JsonValue value : array(key)) {
            texts.add(text(key, value));
        }
        if (texts.isEmpty()) {
            throw wrong(key, "is empty");
        }
        return texts;
    }

    <E extends Enum<E>> E constant(String key, EnumSet<E> allowed) throws RuleException {
        return constant(key, text(key), allowed);
    }

    <E extends Enum<E>> E constant(String key, String text, EnumSet<E> allowed)
            throws RuleException {
        for (E each : allowed) {
            if (spelled(each).equals(text)) {
                return each;
            }
        }
        String known = allowed.stream().map(this::spelled).collect(Collectors.joining(", "));
        throw wrong(key, "is not one of " + known);
    }

    /** What a list names; all that is allowed when there is none. */
    <E extends Enum<E>> Set<E> constants(String key, EnumSet<E> allowed) throws RuleException {
        if (!values.containsKey(key)) {
            return allowed;
        }
        EnumSet<E> named = EnumSet.copyOf(allowed);
        named.clear();
        for (String name : texts(key)) {
            named.add(constant(key, name, allowed));
        }
        return named;
    }

    /** What becomes of the expression under a key. */
    <T> T made(String key, Prepared.Making<T> making) throws RuleException {
        try {
            return making.make();
        } catch (ExpressionException e) {
            throw refused(key, ": " + e.reason());
        }
    }

    /** Where the value of a key stands that the object has: the file, the line, the column. */
    String placeOf(String key) throws RuleException {
        return sourceName + " " + required(key).place();
    }

    RuleException wrong(String key, String reason) {
        return refused(key, " " + reason);
    }

    /** The same of a rule that does not do what it says. */
    RuleException unmet(String key, String reason) {
        return RuleException.unmet(message(key, " " + reason));
    }

    private RuleException refused(String key, String words) {
        return new RuleException(message(key, words));
    }

    private String message(String key, String words) {
        JsonValue value = values.get(key);
        JsonValue.Place at = value == null ? place : value.place();
        return where(at) + key + words;
    }

    private String text(String key, JsonValue value) throws RuleException {
        if (value instanceof JsonValue.Text text && !text.value().isEmpty()) {
            return text.value();
        }
        throw wrong(key, "is not a text, or an empty one");
    }

    /** As files write it: types in capitals, the rest in small letters. */
    private String spelled(Enum<?> constant) {
        return constant instanceof ThreatType
                ? constant.name()
                : constant.name().toLowerCase(Locale.ROOT);
    }

    private String where(JsonValue.Place at) {
        return sourceName + " " + at + ": " + name + ": ";
    }
}
