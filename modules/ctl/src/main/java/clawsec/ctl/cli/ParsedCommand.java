package clawsec.ctl.cli;

import clawsec.ctl.config.FlagValue;
import clawsec.ctl.config.GivenFlags;
import clawsec.ctl.config.RawValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A command and what was given to it, each option checked against its type.
 *
 * @param operand the argument beside the options
 * @param given the options with the text given for each, the implied one for switches
 */
public record ParsedCommand(Command command, Optional<String> operand, List<Given> given) {
    /** An option and its text. */
    public record Given(OptionSpec<?> option, String text) {}

    public ParsedCommand {
        given = List.copyOf(given);
    }

    /** The value of an option; empty where it was not given. */
    public <T> Optional<T> value(OptionSpec<T> option) {
        for (Given each : given) {
            if (each.option().name().equals(option.name())) {
                return option.type().read(new RawValue.Word(each.text()));
            }
        }
        return Optional.empty();
    }

    public boolean has(OptionSpec<?> option) {
        return given.stream().anyMatch(each -> each.option().name().equals(option.name()));
    }

    /** The options that say something of the configuration. */
    public GivenFlags flags() {
        List<FlagValue> flags = new ArrayList<>();
        for (Given each : given) {
            each.option()
                    .key()
                    .ifPresent(key ->
                            flags.add(new FlagValue(each.option().flag(), key, each.text())));
        }
        return new GivenFlags(value(Options.CONFIG), flags);
    }
}
