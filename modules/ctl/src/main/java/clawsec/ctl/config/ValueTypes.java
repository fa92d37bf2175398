package clawsec.ctl.config;

import clawsec.http.Authority;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The kinds of values that keys and options take. */
public final class ValueTypes {
    private static final Pattern WHOLE = Pattern.compile("-?[0-9]{1,10}");
    private static final Pattern HOST_PATTERN =
            Pattern.compile(
                    "(\\*\\.)?[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

    private ValueTypes() {}

    public static final ValueType<Boolean> TRUTH =
            new ValueType<>("true or false", RawValue::asTruth);

    /** Text that is not empty. */
    public static final ValueType<String> TEXT = text("text that is not empty", Optional::of);

    /** A path as it was written; {@link ConfigLoader} makes it absolute. */
    public static final ValueType<Path> PATH =
            text(
                    LocaleNames.IS_UNIVERSAL
                            ? "a path"
                            : "a path in ASCII, as the locale here knows no more (for others:"
                                    + " export LC_ALL=C.UTF-8)",
                    ValueTypes::parsePath);

    /** A DNS name or an IP literal, IPv6 with or without brackets. */
    public static final ValueType<String> HOST =
            text("a host name or an IP address", ValueTypes::parseHost);

    /** A DNS name, an IP literal, or {@code *.} and a DNS name; lower case. */
    public static final ValueType<String> HOST_GLOB =
            text(
                    "a host name, an IP address or *.example.com",
                    text ->
                            HOST_PATTERN.matcher(text).matches()
                                    ? Optional.of(text.toLowerCase(Locale.ROOT))
                                    : Optional.empty());

    public static ValueType<Integer> whole(int least, int most) {
        return new ValueType<>(
                "a whole number from " + least + " to " + most,
                raw -> raw.asNumeral().flatMap(numeral -> within(numeral, least, most)));
    }

    /** One of the names of an enum, spelled by {@code spelling}. */
    public static <E extends Enum<E>> ValueType<E> oneOf(
            Class<E> type, Function<E, String> spelling) {
        E[] constants = type.getEnumConstants();
        return text(
                Arrays.stream(constants)
                        .map(spelling)
                        .collect(Collectors.joining(", ", "one of ", "")),
                text ->
                        Arrays.stream(constants)
                                .filter(constant -> spelling.apply(constant).equals(text))
                                .findFirst());
    }

    /** A JSON array; in an environment variable also items between commas. */
    public static <T> ValueType<List<T>> listOf(String plural, ValueType<T> item) {
        return new ValueType<>(
                "a list of " + plural + " (each " + item.allowed() + ")",
                raw -> raw.asItems().flatMap(items -> all(items, item)));
    }

    /** Text that {@code reader} takes; empty text never is. */
    public static <T> ValueType<T> text(String allowed, Function<String, Optional<T>> reader) {
        return new ValueType<>(
                allowed, raw -> raw.asText().filter(text -> !text.isEmpty()).flatMap(reader));
    }

    private static Optional<Integer> within(String literal, int least, int most) {
        if (!WHOLE.matcher(literal).matches()) {
            return Optional.empty();
        }
        long value = Long.parseLong(literal);
        return value < least || value > most ? Optional.empty() : Optional.of((int) value);
    }

    private static Optional<String> parseHost(String text) {
        boolean hasBrackets = text.startsWith("[") && text.endsWith("]");
        boolean isBareIpv6 = !hasBrackets && text.indexOf(':') != text.lastIndexOf(':');
        if (text.indexOf(':') >= 0 && !hasBrackets && !isBareIpv6) {
            return Optional.empty(); // a port
        }
        return Authority.parse(isBareIpv6 ? "[" + text + "]" : text, 1).map(Authority::host);
    }

    private static Optional<Path> parsePath(String text) {
        try {
            return Optional.of(Path.of(text));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    private static <T> Optional<List<T>> all(List<RawValue> raws, ValueType<T> item) {
        List<T> values = new ArrayList<>(raws.size());
        for (RawValue raw : raws) {
            Optional<T> value = item.read(raw);
            if (value.isEmpty()) {
                return Optional.empty();
            }
            values.add(value.get());
        }
        return Optional.of(List.copyOf(values));
    }
}
