package clawsec.ctl.cli;

import clawsec.ctl.config.FlagValue;
import clawsec.ctl.config.RawValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A command and the options given to it, each checked against its type.
 *
 * @param texts the text given for each option, the implied one for switches
 */
public record ParsedCommand(Command command, Map<OptionSpec<?>, String> texts) {
    public ParsedCommand {
        texts = Map.copyOf(texts);
    }

    /** The value of an option; empty where it was not given. */
    public <T> Optional<T> value(OptionSpec<T> option) {
        return Optional.ofNullable(texts.get(option))
                .flatMap(text -> option.type().read(new RawValue.Word(text)));
    }

    public boolean has(OptionSpec<?> option) {
        return texts.containsKey(option);
    }

    /** The options that set configuration keys. */
    public List<FlagValue> flags() {
        List<FlagValue> flags = new ArrayList<>();
        texts.forEach((option, text) ->
                option.key().ifPresent(key -> flags.add(new FlagValue(option.flag(), key, text))));
        return flags;
    }
}
