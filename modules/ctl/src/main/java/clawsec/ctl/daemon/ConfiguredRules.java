package clawsec.ctl.daemon;

import clawsec.ctl.config.ConfigException;
import clawsec.ctl.config.ConfigKeys;
import clawsec.ctl.config.FailureText;
import clawsec.ctl.config.MonitorConfig;
import clawsec.ctl.config.NearMiss;
import clawsec.detect.Rule;
import clawsec.detect.RuleException;
import clawsec.detect.RuleSet;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The built-in rules with those that the configuration adds, without those it takes out. */
public final class ConfiguredRules {
    /** How many ids are offered in place of one that no rule has. */
    private static final int SUGGESTIONS = 3;

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
                rules = rules.with(RuleSet.parse(text(file), file.toString()));
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
        return without(config, rules);
    }

    /** A rule file's text, or as much of it as shows that it is too long. */
    public static byte[] text(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(RuleSet.MAX_FILE_BYTES + 1);
        }
    }

    private static RuleSet without(MonitorConfig config, RuleSet rules) throws ConfigException {
        String place = config.place(ConfigKeys.DISABLED_RULES) + ": ";
        List<String> ids = rules.rules().stream().map(Rule::id).toList();
        List<String> unknown =
                config.scanning().disabledRules().stream()
                        .filter(id -> !ids.contains(id))
                        .distinct()
                        .map(id -> shown(id, ids))
                        .toList();
        if (!unknown.isEmpty()) {
            throw new ConfigException(
                    place
                            + "no rule is named "
                            + String.join(" or ", unknown)
                            + "; allowed are the ids that clawsec rules list shows without this"
                            + " setting");
        }
        try {
            return rules.without(config.scanning().disabledRules());
        } catch (RuleException e) {
            throw new ConfigException(place + e.getMessage());
        }
    }

    /** An id that no rule has, with those that may be meant. */
    private static String shown(String id, List<String> ids) {
        List<String> near = NearMiss.nearest(id, ids, SUGGESTIONS);
        return near.isEmpty() ? id : id + " (did you mean " + String.join(" or ", near) + "?)";
    }
}
