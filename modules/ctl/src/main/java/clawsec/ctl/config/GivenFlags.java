package clawsec.ctl.config;

import java.util.List;
import java.util.Optional;

/**
 * What the command line says of the configuration.
 *
 * @param file the text given with {@code --config}
 * @param keys the keys set by other flags
 */
public record GivenFlags(Optional<String> file, List<FlagValue> keys) {
    /** Nothing. */
    public static final GivenFlags NONE = new GivenFlags(Optional.empty(), List.of());

    public GivenFlags {
        keys = List.copyOf(keys);
    }
}
