package clawsec.ctl.config;

import clawsec.log.Printable;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A value as it was written, before a key says what it means. */
public sealed interface RawValue {
    /** Text of a flag or an environment variable, where everything is text. */
    record Word(String text) implements RawValue {}

    /** A JSON string. */
    record Text(String text) implements RawValue {}

    /** A JSON number, as it was spelled. */
    record Numeral(String literal) implements RawValue {}

    /** A JSON true or false. */
    record Truth(boolean value) implements RawValue {}

    /** A JSON null. */
    record Nothing() implements RawValue {}

    /** A JSON array. */
    record Many(List<RawValue> items) implements RawValue {
        public Many {
            items = List.copyOf(items);
        }
    }

    /** A JSON object, which no key takes; its members are not kept. */
    record Members() implements RawValue {}

    /** The most characters of a value that a message repeats. */
    int SHOWN_CHARS = 100;

    /** The value for a message: cut to {@link #SHOWN_CHARS}, passwords in URLs masked. */
    default String shown() {
        String whole =
                switch (this) {
                    case Word word -> word.text().isEmpty() ? "empty" : Printable.of(word.text());
                    case Text text -> '"' + Printable.of(text.text()) + '"';
                    case Numeral number -> number.literal();
                    case Truth truth -> Boolean.toString(truth.value());
                    case Nothing nothing -> "null";
                    case Many many ->
                            many.items().stream()
                                    .map(RawValue::shown)
                                    .collect(Collectors.joining(", ", "[", "]"));
                    case Members members -> "an object";
                };
        String masked = USER_INFORMATION.matcher(whole).replaceAll("//...@");
        return masked.length() <= SHOWN_CHARS ? masked : masked.substring(0, SHOWN_CHARS) + "...";
    }

    /** User information of a URL (RFC 3986 §3.2.1), up to the last at sign. */
    Pattern USER_INFORMATION = Pattern.compile("//[^/\\s]*@");
}
