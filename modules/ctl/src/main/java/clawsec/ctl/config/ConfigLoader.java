package clawsec.ctl.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Lays flags over environment variables over the file over the defaults. */
public final class ConfigLoader {
    /** The environment variable that names the configuration file where no flag does. */
    public static final String FILE_VARIABLE = "CLAWSEC_CONFIG";

    /**
     * Variables that are ours but no keys: they belong to the launcher and to builds; without
     * CLAWSEC_.
     */
    static final Set<String> OTHER_NAMES = Set.of("CONFIG", "HOME", "JAVA_OPTS", "COMMIT");

    private static final String PREFIX = "CLAWSEC_";

    /** The configuration file itself; no key that could stand in one. */
    static final ConfigKey<Optional<Path>> FILE =
            new ConfigKey<>(
                    "config",
                    Optional.empty(),
                    ValueTypes.PATH.described("a path of a file").present(),
                    Optional.empty(),
                    "none",
                    "the configuration file");

    private final Map<String, ConfigKey<?>> keysByName = new HashMap<>();
    private final Settings settings = new Settings();

    private ConfigLoader() {
        for (ConfigKey<?> key : ConfigKeys.ALL) {
            key.names().forEach(name -> keysByName.put(name, key));
        }
    }

    /**
     * Loads the configuration.
     *
     * @throws ConfigException at the first thing that cannot be read exactly
     */
    public static MonitorConfig load(GivenFlags flags, Map<String, String> environment)
            throws ConfigException {
        ConfigLoader loader = new ConfigLoader();
        Path workingFolder = Path.of("");
        String variable = environment.get(FILE_VARIABLE);
        if (flags.file().isPresent()) {
            loader.settings.set(FILE, word(flags.file().get()), "--config", workingFolder);
        } else if (variable != null) {
            loader.settings.set(FILE, word(variable), FILE_VARIABLE, workingFolder);
        }
        Optional<Path> file = loader.settings.value(FILE);
        if (file.isPresent()) {
            loader.readFile(file.get());
        }
        List<String> ignored = loader.readEnvironment(environment, workingFolder);
        for (FlagValue flag : flags.keys()) {
            loader.settings.set(flag.key(), word(flag.text()), flag.flag(), workingFolder);
        }
        return ConfigAssembly.config(loader.settings, ignored, noProxy(environment));
    }

    private void readFile(Path file) throws ConfigException {
        Path folder = file.resolveSibling("");
        Map<String, ConfigJson.Entry> earlier = new HashMap<>();
        for (ConfigJson.Entry entry : ConfigJson.read(file)) {
            String line = file + " line " + entry.line() + ": ";
            ConfigKey<?> key = keysByName.get(entry.name());
            if (key == null) {
                throw new ConfigException(line + unknownKey(entry));
            }
            ConfigJson.Entry first = earlier.putIfAbsent(key.name(), entry);
            if (first != null) {
                throw new ConfigException(line + givenTwice(key, first, entry));
            }
            settings.set(key, entry.value(), line + entry.name(), folder);
        }
    }

    private String unknownKey(ConfigJson.Entry entry) {
        String meant =
                NearMiss.of(entry.name(), keysByName.keySet())
                        .map(name -> "did you mean " + name + "?")
                        .orElseGet(() -> "allowed are " + String.join(", ", currentNames()));
        String name = new RawValue.Text(entry.name()).shown();
        return "unknown key " + name + " (set to " + entry.value().shown() + "); " + meant;
    }

    private static String givenTwice(
            ConfigKey<?> key, ConfigJson.Entry first, ConfigJson.Entry second) {
        return "%s is %s, but line %d sets %s to %s; allowed is one of the two%s"
                .formatted(
                        second.name(),
                        second.value().shown(),
                        first.line(),
                        first.name(),
                        first.value().shown(),
                        second.name().equals(first.name()) ? "" : olderName(key));
    }

    private List<String> readEnvironment(Map<String, String> environment, Path base)
            throws ConfigException {
        for (ConfigKey<?> key : ConfigKeys.ALL) {
            List<String> given =
                    key.names().stream()
                            .map(ConfigKey::variable)
                            .filter(environment::containsKey)
                            .toList();
            if (given.size() > 1) {
                throw new ConfigException(
                        "%s and %s are both set; allowed is one of the two%s"
                                .formatted(given.getFirst(), given.getLast(), olderName(key)));
            }
            for (String variable : given) {
                String text = environment.getOrDefault(variable, "");
                settings.set(key, new RawValue.Word(text), variable, base);
            }
        }
        return strangeVariables(new TreeMap<>(environment));
    }

    /** Variables that begin like ours and are no key; one that is nearly a key is an error. */
    private List<String> strangeVariables(Map<String, String> environment) throws ConfigException {
        Set<String> known = new TreeSet<>(OTHER_NAMES);
        keysByName.keySet().forEach(name -> known.add(name.toUpperCase(Locale.ROOT)));
        List<String> strange = new ArrayList<>();
        for (Map.Entry<String, String> variable : environment.entrySet()) {
            String name = variable.getKey();
            String upper = name.toUpperCase(Locale.ROOT);
            boolean isOurs = upper.startsWith(PREFIX);
            String rest = isOurs ? upper.substring(PREFIX.length()) : "";
            if (!isOurs || (known.contains(rest) && name.equals(upper))) {
                continue;
            }
            Optional<String> meant = NearMiss.of(rest, known).map(PREFIX::concat);
            if (meant.isPresent()) {
                throw new ConfigException(
                        "%s is no configuration key (set to %s); did you mean %s?"
                                .formatted(
                                        name,
                                        new RawValue.Word(variable.getValue()).shown(),
                                        meant.get()));
            }
            strange.add(name);
        }
        return strange;
    }

    private static String olderName(ConfigKey<?> key) {
        return key.olderName()
                .map(older -> " (" + older + " is an older name of " + key.name() + ")")
                .orElse("");
    }

    private static List<String> currentNames() {
        return ConfigKeys.ALL.stream().<String>map(ConfigKey::name).toList();
    }

    private static RawValue word(String text) {
        return new RawValue.Word(text);
    }

    /** NO_PROXY as clients read it: the lower-case variable first. */
    private static String noProxy(Map<String, String> environment) {
        return environment.getOrDefault("no_proxy", environment.getOrDefault("NO_PROXY", ""));
    }
}
