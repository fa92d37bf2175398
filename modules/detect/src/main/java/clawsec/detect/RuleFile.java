package clawsec.detect;

import clawsec.detect.expression.Prepared;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

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
                    "in_names",
                    "tail",
                    "unless",
                    "entropy",
                    "holds",
                    "checksum",
                    "examples",
                    "home_hosts",
                    "homes",
                    "tenant_hosts",
                    "generic",
                    "allow",
                    "lesser",
                    "hit",
                    "miss");
    private static final List<String> SECRET_KEYS =
            List.of(
                    "prefix",
                    "in_names",
                    "tail",
                    "unless",
                    "entropy",
                    "holds",
                    "checksum",
                    "examples",
                    "home_hosts",
                    "homes",
                    "tenant_hosts",
                    "generic");

    private static final Set<String> HOME_KEYS = Set.of("prefix", "hosts");
    private static final Set<String> EXAMPLE_KEYS = Set.of("hit", "miss");

    /** Of a byte. */
    private static final long MAX_ENTROPY_BITS = 8;

    private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9_-]{0,63}");

    private final String sourceName;
    private final Reading reading;
    private final RuleLimits limits;
    private final ExpressionRoom room;

    /** How a file is read. */
    enum Reading {
        /** Hits and misses are tried, and every expression made ready. */
        TRIED,
        /** The file is known to be right: expressions are made ready when they are needed. */
        TRUSTED,
        /** The same, and nobody asks for hits and misses, which are most of it. */
        TRUSTED_WITHOUT_EXAMPLES
    }

    private RuleFile(String sourceName, Reading reading, RuleLimits limits) {
        this.sourceName = sourceName;
        this.reading = reading;
        this.limits = limits;
        this.room = new ExpressionRoom(limits);
    }

    private boolean isTrusted() {
        return reading != Reading.TRIED;
    }

    /**
     * @param reading how far the file is trusted
     */
    static List<CompiledRule> parse(byte[] json, String sourceName, Reading reading)
            throws RuleException {
        return parse(json, sourceName, reading, RuleLimits.DEFAULT);
    }

    /** The same within other limits, which are for files that are not trusted. */
    static List<CompiledRule> parse(
            byte[] json, String sourceName, Reading reading, RuleLimits limits)
            throws RuleException {
        if (json.length > limits.fileBytes()) {
            throw new RuleException(
                    "%s: is longer than the %d bytes that are allowed; use several files"
                            .formatted(sourceName, limits.fileBytes()));
        }
        Set<String> passedOver =
                reading == Reading.TRUSTED_WITHOUT_EXAMPLES ? EXAMPLE_KEYS : Set.of();
        return new RuleFile(sourceName, reading, limits)
                .rules(JsonText.parse(json, sourceName, passedOver));
    }

    private List<CompiledRule> rules(JsonValue file) throws RuleException {
        RulePart top = new RulePart(sourceName, "the file", file, KEYS);
        if (!(top.required("version") instanceof JsonValue.Figure version)
                || version.value() != VERSION) {
            throw top.wrong("version", "is not " + VERSION);
        }
        top.text("note", "");
        List<CompiledRule> rules = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        List<JsonValue> values = top.array("rules");
        if (values.size() > limits.rules()) {
            throw top.wrong(
                    "rules",
                    "has %d rules, at most %d are allowed; use several files"
                            .formatted(values.size(), limits.rules()));
        }
        for (JsonValue value : values) {
            RulePart part =
                    new RulePart(sourceName, "rule " + (rules.size() + 1), value, RULE_KEYS);
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

    private CompiledRule rule(RulePart part) throws RuleException {
        String id = part.text("id");
        if (!ID.matcher(id).matches()) {
            throw part.wrong("id", "does not match " + ID);
        }
        part.rename("rule " + id);
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

    private List<String> examples(RulePart part, String key) throws RuleException {
        return reading == Reading.TRUSTED_WITHOUT_EXAMPLES ? List.of() : part.texts(key);
    }

    private static Optional<SecretRule> secret(RulePart part, ThreatType type)
            throws RuleException {
        if (!part.flag("secret", type == ThreatType.EXFIL)) {
            for (String key : SECRET_KEYS) {
                if (part.has(key)) {
                    throw part.wrong(key, "is for secrets, which this rule is not");
                }
            }
            return Optional.empty();
        }
        Optional<Checksum> checksum =
                part.has("checksum")
                        ? Optional.of(part.constant("checksum", EnumSet.allOf(Checksum.class)))
                        : Optional.empty();
        return Optional.of(
                new SecretRule(
                        part.text("prefix", ""),
                        part.flag("in_names", false),
                        part.text("tail", ""),
                        part.texts("unless", List.of()),
                        part.number("entropy", 0, MAX_ENTROPY_BITS),
                        part.has("holds")
                                ? part.constants("holds", EnumSet.allOf(CharacterKind.class))
                                : Set.of(),
                        checksum,
                        part.texts("examples", List.of()),
                        part.texts("home_hosts", List.of()),
                        homes(part),
                        part.texts("tenant_hosts", List.of()),
                        part.flag("generic", false)));
    }

    private CompiledRule compiled(Rule rule, RulePart part) throws RuleException {
        SecretRule secret = rule.secret().orElse(SecretRule.PLAIN);
        if (!isTrusted()) {
            room.take(part, "regex", List.of(rule.regex()));
            room.take(part, "prefix", List.of(secret.prefix()));
            room.take(part, "tail", List.of(secret.tail()));
            room.take(part, "allow", rule.allow());
            room.take(part, "lesser", rule.lesser());
            room.take(part, "unless", secret.unless());
            room.take(part, "examples", secret.examples());
        }
        return new CompiledRule(
                rule,
                isTrusted() ? "" : part.placeOf("id"),
                part.made("regex", () -> CompiledRule.pattern(rule, isTrusted())),
                prepared("prefix", part, () -> CompiledRule.prefix(secret, rule)),
                prepared("tail", part, () -> CompiledRule.tail(rule)),
                prepared("allow", part, () -> CompiledRule.seekers(rule.allow())),
                prepared("lesser", part, () -> CompiledRule.automatons(rule.lesser())),
                prepared("unless", part, () -> CompiledRule.seekers(secret.unless())),
                prepared("examples", part, () -> CompiledRule.seekers(secret.examples())),
                homes(secret, rule, part));
    }

    private <T> Prepared<T> prepared(String key, RulePart part, Prepared.Making<T> making)
            throws RuleException {
        return isTrusted() ? Prepared.later(making) : part.made(key, () -> Prepared.now(making));
    }

    private static List<HomeHosts> homes(RulePart part) throws RuleException {
        List<HomeHosts> homes = new ArrayList<>();
        for (RulePart home : part.parts("homes", HOME_KEYS)) {
            homes.add(new HomeHosts(home.text("prefix"), home.texts("hosts")));
        }
        return homes;
    }

    private Homes homes(SecretRule secret, Rule rule, RulePart part) throws RuleException {
        List<Homes.Home> homes = new ArrayList<>();
        for (RulePart home : part.parts("homes", HOME_KEYS)) {
            String prefix = home.text("prefix");
            if (!isTrusted()) {
                room.take(home, "prefix", List.of(prefix));
            }
            homes.add(
                    new Homes.Home(
                            prepared(
                                    "prefix",
                                    home,
                                    () -> CompiledRule.automaton(prefix, rule.isCaseInsensitive())),
                            hosts("hosts", home.texts("hosts"), home)));
        }
        return new Homes(
                homes,
                hosts("home_hosts", secret.homeHosts(), part),
                hosts("tenant_hosts", secret.tenantHosts(), part));
    }

    private static HostList hosts(String key, List<String> texts, RulePart part)
            throws RuleException {
        List<HostList.Entry> entries = new ArrayList<>();
        for (String text : texts) {
            boolean isIn = !text.startsWith(HostList.EXCEPT);
            String name = isIn ? text : text.substring(HostList.EXCEPT.length());
            HostPattern pattern =
                    HostPattern.parse(name)
                            .orElseThrow(() ->
                                    part.wrong(
                                            key,
                                            "has \""
                                                    + text
                                                    + "\", which is no host name, nor *. and one"));
            if (!isIn && entries.isEmpty()) {
                throw part.wrong(key, "begins with \"" + text + "\", which takes out of nothing");
            }
            entries.add(new HostList.Entry(pattern, isIn));
        }
        return entries.isEmpty() ? HostList.NONE : new HostList(entries);
    }

    private static void check(CompiledRule compiled, RulePart part) throws RuleException {
        Rule rule = compiled.rule();
        Set<Integer> used = new HashSet<>();
        for (int i = 0; i < rule.hit().size(); i++) {
            List<byte[]> matches = compiled.matched(rule.hit().get(i));
            if (matches.isEmpty()) {
                throw part.unmet("hit", "number " + (i + 1) + " is not matched");
            }
            matches.forEach(match -> used.add(compiled.homes().prefixOf(match)));
        }
        for (int i = 0; i < rule.miss().size(); i++) {
            if (compiled.matches(rule.miss().get(i))) {
                throw part.unmet("miss", "number " + (i + 1) + " is matched");
            }
        }
        for (int i = 0; i < compiled.homes().byPrefix().size(); i++) {
            if (!used.contains(i)) {
                throw part.unmet(
                        "homes",
                        "number " + (i + 1) + " is that of no hit; add one, or correct its prefix");
            }
        }
    }
}
