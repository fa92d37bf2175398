package clawsec.ctl.config;

import clawsec.log.Printable;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A value as it was written, before a key says what it means. Each reading is empty where the value
 * cannot be read so. (Methods instead of a switch over the kinds: the code that the JDK makes for
 * such a switch at run time takes a third of the time that {@code clawsec status} has.)
 */
public sealed interface RawValue {
    /** The most characters of a value that a message repeats. */
    int SHOWN_CHARS = 100;

    /**
     * What may be a user and a password: all up to the last at sign, but for a URL's scheme. A
     * value that is wrong need not have the form of a URL, nor a password that of one.
     */
    Pattern USER_INFORMATION =
            Pattern.compile("^([\\[\"]*(?:[A-Za-z][A-Za-z0-9+.-]*://)?).*@", Pattern.DOTALL);

    /** Text of a flag or an environment variable, which may stand for any kind of value. */
    record Word(String text) implements RawValue {
        @Override
        public Optional<String> asText() {
            return Optional.of(text);
        }

        @Override
        public Optional<String> asNumeral() {
            return Optional.of(text);
        }

        @Override
        public Optional<Boolean> asTruth() {
            return switch (text) {
                case "true" -> Optional.of(true);
                case "false" -> Optional.of(false);
                default -> Optional.empty();
            };
        }

        /** A JSON array, or items between commas. */
        @Override
        public Optional<List<RawValue>> asItems() {
            if (text.strip().startsWith("[")) {
                return ConfigJson.parseList(text);
            }
            return Optional.of(
                    Arrays.stream(text.split(",", -1))
                            .map(String::strip)
                            .filter(item -> !item.isEmpty())
                            .<RawValue>map(Word::new)
                            .toList());
        }

        @Override
        public boolean isNothing() {
            return text.isEmpty();
        }

        @Override
        public String spelled() {
            return text.isEmpty() ? "empty" : Printable.of(text);
        }
    }

    /** A JSON string. */
    record Text(String text) implements RawValue {
        @Override
        public Optional<String> asText() {
            return Optional.of(text);
        }

        @Override
        public String spelled() {
            return '"' + Printable.of(text) + '"';
        }
    }

    /** A JSON number, as it was spelled. */
    record Numeral(String spelled) implements RawValue {
        @Override
        public Optional<String> asNumeral() {
            return Optional.of(spelled);
        }
    }

    /** A JSON true or false. */
    record Truth(boolean value) implements RawValue {
        @Override
        public Optional<Boolean> asTruth() {
            return Optional.of(value);
        }

        @Override
        public String spelled() {
            return Boolean.toString(value);
        }
    }

    /** A JSON null. */
    record Nothing() implements RawValue {
        @Override
        public boolean isNothing() {
            return true;
        }

        @Override
        public String spelled() {
            return "null";
        }
    }

    /** A JSON array. */
    record Many(List<RawValue> items) implements RawValue {
        public Many {
            items = List.copyOf(items);
        }

        @Override
        public Optional<List<RawValue>> asItems() {
            return Optional.of(items);
        }

        @Override
        public String spelled() {
            return items.stream()
                    .map(RawValue::spelled)
                    .collect(Collectors.joining(", ", "[", "]"));
        }
    }

    /** A JSON object, which no key takes; its members are not kept. */
    record Members() implements RawValue {
        @Override
        public String spelled() {
            return "an object";
        }
    }

    default Optional<String> asText() {
        return Optional.empty();
    }

    default Optional<String> asNumeral() {
        return Optional.empty();
    }

    default Optional<Boolean> asTruth() {
        return Optional.empty();
    }

    default Optional<List<RawValue>> asItems() {
        return Optional.empty();
    }

    /** True for JSON null, and for an empty word. */
    default boolean isNothing() {
        return false;
    }

    /** The value in JSON's spelling, printable, of any length. */
    String spelled();

    /** The value for a message: cut to {@link #SHOWN_CHARS}, passwords masked. */
    default String shown() {
        String masked = USER_INFORMATION.matcher(spelled()).replaceFirst("$1...@");
        return masked.length() <= SHOWN_CHARS ? masked : masked.substring(0, SHOWN_CHARS) + "...";
    }
}
