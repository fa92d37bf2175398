package clawsec.ctl.daemon;

import clawsec.ctl.config.ConfigException;
import clawsec.ctl.config.ConfigKeys;
import clawsec.ctl.config.FailureText;
import clawsec.ctl.config.MonitorConfig;
import clawsec.detect.RuleException;
import clawsec.detect.RuleSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The built-in rules with those that the configuration adds, without those it takes out. */
public final class ConfiguredRules {
    private ConfiguredRules() {}

    /**
     * The rules to scan for; the built-in ones are without their hits and misses.
     *
     * @throws ConfigException when a rule file cannot be read or breaks a rule of its form, or a
     *     rule that is to be taken out is not there
     */
    public static RuleSet read(MonitorConfig config) throws ConfigException {
        return read(config, RuleSet.builtIn());
    }

    /**
     * The same rules with all that is said of them.
     *
     * @throws ConfigException as {@link #read}
     */
    public static RuleSet readWhole(MonitorConfig config) throws ConfigException {
        return read(config, RuleSet.builtInWithExamples());
    }

    private static RuleSet read(MonitorConfig config, RuleSet builtIn) throws ConfigException {
        String files = config.place(ConfigKeys.RULES_FILES) + ": ";
        RuleSet rules = builtIn;
        for (Path file : config.scanning().rulesFiles()) {
            try {
                rules = rules.with(RuleSet.parse(Files.readAllBytes(file), file.toString()));
            } catch (RuleException e) {
                throw new ConfigException(files + e.getMessage());
            } catch (IOException e) {
                throw new ConfigException(
                        files
                                + "cannot read "
                                + file
                                + ": "
                                + FailureText.words(e)
                                + "; allowed are paths of rule files");
            }
        }
        try {
            return rules.without(config.scanning().disabledRules());
        } catch (RuleException e) {
            throw new ConfigException(
                    config.place(ConfigKeys.DISABLED_RULES) + ": " + e.getMessage());
        }
    }
}
