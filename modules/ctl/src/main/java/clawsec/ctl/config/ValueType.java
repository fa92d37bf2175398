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

    /** This type, as a value that may be absent; the raw value must be there all the same. */
    public ValueType<Optional<T>> present() {
        return new ValueType<>(
                allowed,
                raw -> {
                    Optional<T> value = read(raw);
                    return value.isEmpty() ? Optional.empty() : Optional.of(value);
                });
    }

    /** This type, or none: JSON null, or empty text. */
    public ValueType<Optional<T>> orNone() {
        ValueType<Optional<T>> present = present();
        return new ValueType<>(
                allowed + ", or null for none",
                raw -> raw.isNothing() ? Optional.of(Optional.empty()) : present.read(raw));
    }

    /** This type with other words for what is allowed. */
    public ValueType<T> described(String words) {
        return new ValueType<>(words, reader);
    }
}
