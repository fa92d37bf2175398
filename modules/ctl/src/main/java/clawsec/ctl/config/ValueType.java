package clawsec.ctl.config;

import java.util.Optional;
import java.util.function.Function;

/**
 * What a key or an option may be set to.
 *
 * @param allowed what is allowed, in words that end the sentence "allowed is ..."
 * @param reader gives the value, or empty where the raw value is not allowed
 */
public record ValueType<T>(String allowed, Function<RawValue, Optional<T>> reader) {
    public Optional<T> read(RawValue raw) {
        return reader.apply(raw);
    }

    /** This type, or none: JSON null, or empty text. */
    public ValueType<Optional<T>> orNone() {
        return new ValueType<>(
                allowed + ", or null for none",
                raw ->
                        switch (raw) {
                            case RawValue.Nothing nothing -> Optional.of(Optional.empty());
                            case RawValue.Word word when word.text().isEmpty() ->
                                    Optional.of(Optional.empty());
                            default -> {
                                Optional<T> value = read(raw);
                                yield value.isEmpty() ? Optional.empty() : Optional.of(value);
                            }
                        });
    }

    /** This type with other words for what is allowed. */
    public ValueType<T> described(String words) {
        return new ValueType<>(words, reader);
    }
}
