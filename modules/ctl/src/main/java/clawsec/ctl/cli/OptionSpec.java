package clawsec.ctl.cli;

import clawsec.ctl.config.ConfigKey;
import clawsec.ctl.config.ValueType;
import java.util.Optional;

/**
 * One option.
 *
 * @param name without the two hyphens
 * @param argument name of its argument in help texts; empty for a switch
 * @param type what it may be set to
 * @param implied for a switch the text it stands for; empty for an option with an argument
 * @param key the configuration key it sets
 * @param help what it does, one sentence without a full stop
 */
public record OptionSpec<T>(
        String name,
        String argument,
        ValueType<T> type,
        String implied,
        Optional<ConfigKey<T>> key,
        String help) {
    /** The option as it is typed. */
    public String flag() {
        return "--" + name;
    }

    /** The option with its argument's name, as a usage line shows it. */
    public String usage() {
        return argument.isEmpty() ? flag() : flag() + " " + argument;
    }

    public boolean isSwitch() {
        return argument.isEmpty();
    }
}
