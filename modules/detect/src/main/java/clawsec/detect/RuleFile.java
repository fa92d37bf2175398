package clawsec.detect;

import clawsec.detect.expression.ExpressionException;
import clawsec.detect.expression.Prepared;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads one rule file. Whatever is wrong in it ends the reading. */
final class RuleFile {
    private static final int VERSION = 1;
    private static final Set<String> KEYS = Set.of("version", "note", "rules");
    private static final Set<String> RULE_KEYS =
            Set.of(
                    "id",
                    "type",
                    "title",
                    "severity",
                    "regex",
                    "case_insensitive",
                    "directions",
                    "secret",
                    "prefix",
                    "tail",
                    "unless",
                    "entropy",
                    "holds",
                    "checksum",
                    "examples",
                    "home_hosts",
                    "generic",
                    "allow",
                    "lesser",
                    "hit",
                    "miss");
    private static final List<String> SECRET_KEYS =
            List.of(
                    "prefix",
                    "tail",
                    "unless",
                    "entropy",
                    "holds",
                    "checksum",
                    "examples",
                    "home_hosts",
                    "generic");

    private static final Set<String> EXAMPLE_KEYS = Set.of("hit", "miss");

    /** Of a byte. */
    private static final long MAX_ENTROPY_BITS = 8;

    private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9_-]{0,63}");

    private final String sourceName;
    private final Reading reading;

    /** How a file is read. */
    enum Reading {
        /** Hits and misses are tried, and every expression made ready. */
        TRIED,
        /** The file is known to be right: expressions are made ready when they are needed. */
        TRUSTED,
        /** The same, and nobody asks for hits and misses, which are most of it. */
        TRUSTED_WITHOUT_EXAMPLES
    }

    private RuleFile(String sourceName, Reading reading) {
        this.sourceName = sourceName;
        this.reading = reading;
    }

    private boolean isTrusted() {
        return reading != Reading.TRIED;
    }

    /**
     * @param reading how far the file is trusted
     */
    static List<CompiledRule> parse(byte[] json, String sourceName, Reading reading)
            throws RuleException {
        Set<String> passedOver =
                reading == Reading.TRUSTED_WITHOUT_EXAMPLES ? EXAMPLE_KEYS : Set.of();
        return new RuleFile(sourceName, reading)
                .rules(JsonText.parse(json, sourceName, passedOver));
    }

    private List<CompiledRule> rules(JsonValue file) throws RuleException {
        Part top = new Part("the file", file, KEYS);
        if (!(top.required("version") instanceof JsonValue.Figure version)
                || version.value() != VERSION) {
            throw top.wrong("version", "is not " + VERSION);
        }
        top.text("note", "");
        List<CompiledRule> rules = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (JsonValue value : top.array("rules")) {
            Part part = new Part("rule " + (rules.size() + 1), value, RULE_KEYS);
            CompiledRule rule = rule(part);
            if (!ids.add(rule.rule().id())) {
                throw part.wrong("id", "is used twice");
            }
            if (!isTrusted()) {
                check(rule, part);
            }
            rules.add(rule);
        }
        return rules;
    }

    private CompiledRule rule(Part part) throws RuleException {
        String id = part.text("id");
        if (!ID.matcher(id).matches()) {
            throw part.wrong("id", "does not match " + ID);
        }
        part.name = "rule " + id;
        ThreatType type = part.constant("type", EnumSet.of(ThreatType.EXFIL, ThreatType.INJECTION));
        Rule rule =
                new Rule(
                        id,
                        type,
                        part.text("title"),
                        part.constant("severity", EnumSet.allOf(Severity.class)),
                        part.text("regex"),
                        part.flag("case_insensitive", false),
                        part.constants("directions", EnumSet.allOf(Direction.class)),
                        secret(part, type),
                        part.texts("allow", List.of()),
                        part.texts("lesser", List.of()),
                        examples(part, "hit"),
                        examples(part, "miss"));
        return compiled(rule, part);
    }

    private List<String> examples(Part part, String key) throws RuleException {
        return reading == Reading.TRUSTED_WITHOUT_EXAMPLES ? List.of() : part.texts(key);
    }

    private static Optional<SecretRule> secret(Part part, ThreatType type) throws RuleException {
        if (!part.flag("secret", type == ThreatType.EXFIL)) {
            for (String key : SECRET_KEYS) {
                if (part.values.containsKey(key)) {
                    throw part.wrong(key, "is for secrets, which this rule is not");
                }
            }
            return Optional.empty();
        }
        Optional<Checksum> checksum =
                part.values.containsKey("checksum")
                        ? Optional.of(part.constant("checksum", EnumSet.allOf(Checksum.class)))
                        : Optional.empty();
        return Optional.of(
                new SecretRule(
                        part.text("prefix", ""),
                        part.text("tail", ""),
                        part.texts("unless", List.of()),
                        part.number("entropy", 0, MAX_ENTROPY_BITS),
                        part.values.containsKey("holds")
                                ? part.constants("holds", EnumSet.allOf(CharacterKind.class))
                                : Set.of(),
                        checksum,
                        part.texts("examples", List.of()),
                        part.texts("home_hosts", List.of()),
                        part.flag("generic", false)));
    }

    private CompiledRule compiled(Rule rule, Part part) throws RuleException {
        SecretRule secret = rule.secret().orElse(SecretRule.PLAIN);
        return new CompiledRule(
                rule,
                part.made("regex", () -> CompiledRule.pattern(rule, isTrusted())),
                prepared("prefix", part, () -> CompiledRule.prefix(secret, rule)),
                prepared("tail", part, () -> CompiledRule.tail(rule)),
                prepared("allow", part, () -> CompiledRule.seekers(rule.allow())),
                prepared("lesser", part, () -> CompiledRule.automatons(rule.lesser())),
                prepared("unless", part, () -> CompiledRule.seekers(secret.unless())),
                prepared("examples", part, () -> CompiledRule.seekers(secret.examples())),
                hosts(secret.homeHosts(), part));
    }

    private <T> Prepared<T> prepared(String key, Part part, Prepared.Making<T> making)
            throws RuleException {
        return isTrusted() ? Prepared.later(making) : part.made(key, () -> Prepared.now(making));
    }

    private static List<HostPattern> hosts(List<String> texts, Part part) throws RuleException {
        List<HostPattern> hosts = new ArrayList<>();
        for (String text : texts) {
            hosts.add(
                    HostPattern.parse(text)
                            .orElseThrow(() ->
                                    part.wrong(
                                            "home_hosts",
                                            "has \""
                                                    + text
                                                    + "\", which is no host name, nor *. and"
                                                    + " one")));
        }
        return hosts;
    }

    private static void check(CompiledRule compiled, Part part) throws RuleException {
        Rule rule = compiled.rule();
        for (int i = 0; i < rule.hit().size(); i++) {
            if (!compiled.matches(rule.hit().get(i))) {
                throw part.wrong("hit", "number " + (i + 1) + " is not matched");
            }
        }
        for (int i = 0; i < rule.miss().size(); i++) {
            if (compiled.matches(rule.miss().get(i))) {
                throw part.wrong("miss", "number " + (i + 1) + " is matched");
            }
        }
    }

    /** An object of the file, which knows what messages call it. */
    private final class Part {
        private final Map<String, JsonValue> values;
        private final JsonValue.Place place;
        private String name;

        Part(String name, JsonValue value, Set<String> allowed) throws RuleException {
            this.name = name;
            this.place = value.place();
            if (!(value instanceof JsonValue.Members members)) {
                throw new RuleException(where(place) + "is not an object");
            }
            this.values = members.values();
            for (String key : values.keySet()) {
                if (!allowed.contains(key)) {
                    String known = allowed.stream().sorted().collect(Collectors.joining(", "));
                    throw wrong(key, "is not known; there are " + known);
                }
            }
        }

        JsonValue required(String key) throws RuleException {
            JsonValue value = values.get(key);
            if (value == null) {
                throw new RuleException(where(place) + key + " is missing");
            }
            return value;
        }

        String text(String key) throws RuleException {
            return text(key, required(key));
        }

        String text(String key, String absent) throws RuleException {
            return values.containsKey(key) ? text(key, required(key)) : absent;
        }

        boolean flag(String key, boolean absent) throws RuleException {
            if (!values.containsKey(key)) {
                return absent;
            }
            if (required(key) instanceof JsonValue.Flag flag) {
                return flag.value();
            }
            throw wrong(key, "is neither true nor false");
        }

        List<JsonValue> array(String key) throws RuleException {
            if (required(key) instanceof JsonValue.Array array) {
                return array.values();
            }
            throw wrong(key, "is not a list");
        }

        /** A number from 0 to {@code most}. */
        double number(String key, double absent, long most) throws RuleException {
            if (!values.containsKey(key)) {
                return absent;
            }
            if (required(key) instanceof JsonValue.Figure figure
                    && figure.value() >= 0
                    && figure.value() <= most) {
                return figure.value();
            }
            throw wrong(key, "is not a number from 0 to " + most);
        }

        List<String> texts(String key, List<String> absent) throws RuleException {
            return values.containsKey(key) ? texts(key) : absent;
        }

        /** A list with at least one text. */
        List<String> texts(String key) throws RuleException {
            List<String> texts = new ArrayList<>();
            for (JsonValue value : array(key)) {
                texts.add(text(key, value));
            }
            if (texts.isEmpty()) {
                throw wrong(key, "is empty");
            }
            return texts;
        }

        <E extends Enum<E>> E constant(String key, EnumSet<E> allowed) throws RuleException {
            return constant(key, text(key), allowed);
        }

        <E extends Enum<E>> E constant(String key, String text, EnumSet<E> allowed)
                throws RuleException {
            for (E each : allowed) {
                if (spelled(each).equals(text)) {
                    return each;
                }
            }
            String known = allowed.stream().map(this::spelled).collect(Collectors.joining(", "));
            throw wrong(key, "is not one of " + known);
        }

        /** What a list names; all that is allowed when there is none. */
        <E extends Enum<E>> Set<E> constants(String key, EnumSet<E> allowed) throws RuleException {
            if (!values.containsKey(key)) {
                return allowed;
            }
            EnumSet<E> named = EnumSet.copyOf(allowed);
            named.clear();
            for (String name : texts(key)) {
                named.add(constant(key, name, allowed));
            }
            return named;
        }

        /** What becomes of the expression under a key. */
        <T> T made(String key, Prepared.Making<T> making) throws RuleException {
            try {
                return making.make();
            } catch (ExpressionException e) {
                throw wrong(key, e.reason());
            }
        }

        RuleException wrong(String key, String reason) {
            JsonValue value = values.get(key);
            JsonValue.Place at = value == null ? place : value.place();
            return new RuleException(where(at) + key + " " + reason);
        }

        private String text(String key, JsonValue value) throws RuleException {
            if (value instanceof JsonValue.Text text && !text.value().isEmpty()) {
                return text.value();
            }
            throw wrong(key, "is not a text, or an empty one");
        }

        /** As files write it: types in capitals, the rest in small letters. */
        private String spelled(Enum<?> constant) {
            return constant instanceof ThreatType
                    ? constant.name()
                    : constant.name().toLowerCase(Locale.ROOT);
        }

        private String where(JsonValue.Place at) {
            return sourceName + " " + at + ": " + name + ": ";
        }
    }
}
