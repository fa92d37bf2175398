package clawsec.ctl.config;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The values set so far. A later layer replaces what an earlier one set. Confined to one thread.
 */
final class Settings {
    private final Map<String, Object> values = new HashMap<>();
    private final Map<String, String> places = new HashMap<>();

    /**
     * Reads a value and keeps it.
     *
     * @param place where it was written, as the start of a sentence: {@code x.json line 3:
     *     proxy_port}
     * @param base the folder that relative paths start from
     */
    <T> void set(ConfigKey<T> key, RawValue raw, String place, Path base) throws ConfigException {
        Optional<T> value = key.type().read(raw);
        if (value.isEmpty()) {
            throw new ConfigException(
                    place + " is " + raw.shown() + "; allowed is " + key.type().allowed());
        }
        if (!LocaleNames.isWorkingFolderKnown() && startsFrom(base, value.get())) {
            throw new ConfigException(
                    place
                            + " is "
                            + raw.shown()
                            + ", in a working folder whose name this locale cannot express;"
                            + " allowed is a path that starts with /, or export LC_ALL=C.UTF-8");
        }
        values.put(key.name(), absolute(value.get(), base));
        places.put(key.name(), place);
    }

    /** Where each key was set that was, as the start of a sentence, by its name. */
    Map<String, String> places() {
        return Map.copyOf(places);
    }

    /** The value of a key, or its default. */
    @SuppressWarnings("unchecked") // only set() puts, and it puts what the key's own type read
    <T> T value(ConfigKey<T> key) {
        Object value = values.get(key.name());
        return value == null ? key.defaultValue() : (T) value;
    }

    private static boolean startsFrom(Path base, Object value) {
        if (value instanceof Path path) {
            return !path.isAbsolute() && !path.startsWith("~") && !base.isAbsolute();
        }
        if (value instanceof Optional<?> optional) {
            return optional.isPresent() && startsFrom(base, optional.get());
        }
        return value instanceof List<?> list
                && list.stream().anyMatch(inner -> startsFrom(base, inner));
    }

    /** Paths, wherever they stand in a value, made absolute; a leading tilde is the home folder. */
    private static Object absolute(Object value, Path base) {
        if (value instanceof Path path) {
            Path from =
                    path.startsWith("~")
                            ? Path.of(System.getProperty("user.home"))
                                    .resolve(Path.of("~").relativize(path))
                            : base.resolve(path);
            return from.toAbsolutePath().normalize();
        }
        if (value instanceof Optional<?> optional) {
            return optional.map(inner -> absolute(inner, base));
        }
        if (value instanceof List<?> list) {
            return list.stream().map(inner -> absolute(inner, base)).toList();
        }
        return value;
    }
}
