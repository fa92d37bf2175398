package clawsec.ctl.config;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One key of the configuration.
 *
 * @param name as it stands in the file
 * @param olderName a name it had before, still read
 * @param type what it may be set to
 * @param defaultValue the value where nothing sets it
 * @param shownDefault the default as documentation shows it
 * @param help what it does, one sentence without a full stop
 */
public record ConfigKey<T>(
        String name,
        Optional<String> olderName,
        ValueType<T> type,
        T defaultValue,
        String shownDefault,
        String help) {
    /** The environment variable that sets a name. */
    public static String variable(String name) {
        return "CLAWSEC_" + name.toUpperCase(Locale.ROOT);
    }

    /** The environment variable that sets this key. */
    public String variable() {
        return variable(name);
    }

    /** Its name, then its older name where it has one. */
    public List<String> names() {
        return Stream.concat(Stream.of(name), olderName.stream()).toList();
    }
}
