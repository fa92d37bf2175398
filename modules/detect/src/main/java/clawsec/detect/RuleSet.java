package clawsec.detect;

import clawsec.detect.engine.PatternSet;
import clawsec.detect.engine.WorstText;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * Rules that are looked for together. Immutable and thread-safe. A rule for secrets that was taken
 * out goes on masking: what it finds is not reported, but does not appear in the snippets of other
 * rules either.
 */
public final class RuleSet {
    /**
     * The built-in rule files, as resources of this class, in the order in which their rules are
     * reported.
     */
    public static final List<String> RESOURCES =
            Stream.of(
                            "twelve",
                            "ai",
                            "cloud",
                            "code",
                            "saas",
                            "money",
                            "messaging",
                            "assigned",
                            "files",
                            "commands",
                            "manipulation",
                            "languages")
                    .map(name -> "rules/" + name + ".json")
                    .toList();

    /** A longer rule file is refused, so that nobody need read on. */
    public static final int MAX_FILE_BYTES = RuleLimits.DEFAULT.fileBytes();

    private final List<CompiledRule> reporting;
    private final List<CompiledRule> masking;

    private RuleSet(List<CompiledRule> reporting, List<CompiledRule> masking) {
        this.reporting = List.copyOf(reporting);
        this.masking = List.copyOf(masking);
    }

    /** The rules that come with the product, without their hits and misses. */
    public static RuleSet builtIn() {
        return new RuleSet(BuiltIn.RULES, List.of());
    }

    /** As {@link #builtIn}, with hits and misses, for who wants to see them; read at each call. */
    public static RuleSet builtInWithExamples() {
        return new RuleSet(BuiltIn.read(RuleFile.Reading.TRUSTED), List.of());
    }

    /**
     * Reads a rule file; its notation is described in this package's overview.
     *
     * @param sourceName the file's name, for messages
     * @throws RuleException when anything in it is wrong, a {@code hit} that is not found or a
     *     {@code miss} that is found included
     */
    public static RuleSet parse(byte[] json, String sourceName) throws RuleException {
        return new RuleSet(RuleFile.parse(json, sourceName, RuleFile.Reading.TRIED), List.of());
    }

    /**
     * Both sets as one.
     *
     * @throws RuleException when an id is in both; says where
     */
    public RuleSet with(RuleSet more) throws RuleException {
        Map<String, CompiledRule> taken = new HashMap<>();
        reporting.forEach(each -> taken.put(each.rule().id(), each));
        for (CompiledRule each : more.reporting) {
            CompiledRule other = taken.get(each.rule().id());
            if (other != null) {
                String by = other.place().isEmpty() ? "a built-in rule" : other.place();
                throw RuleException.unmet(
                        "%s: rule %s: the id is taken by %s; choose another"
                                .formatted(each.place(), each.rule().id(), by));
            }
        }
        return new RuleSet(both(reporting, more.reporting), both(masking, more.masking));
    }

    /**
     * This set without some of its rules.
     *
     * @throws RuleException when an id is none of this set's
     */
    public RuleSet without(Collection<String> ids) throws RuleException {
        Set<String> unknown = new LinkedHashSet<>(ids);
        List<CompiledRule> kept = new ArrayList<>();
        List<CompiledRule> silenced = new ArrayList<>(masking);
        for (CompiledRule each : reporting) {
            if (!ids.contains(each.rule().id())) {
                kept.add(each);
            } else if (each.rule().isSecret()) {
                silenced.add(each);
            }
            unknown.remove(each.rule().id());
        }
        if (!unknown.isEmpty()) {
            throw new RuleException("no rule is named " + String.join(", ", unknown));
        }
        return new RuleSet(kept, silenced);
    }

    /**
     * What the dearest text that could be made for these rules costs: for each byte of it, the
     * bytes that the searches for single rules read. A number that is the same on every machine.
     * Takes some seconds for hundreds of rules.
     */
    public double worstStepsPerByte() {
        return worstText().steps();
    }

    /**
     * How fast such a text is scanned, in megabytes (10^6 bytes) a second.
     *
     * @param nanoTime a clock that only moves forward, in nanoseconds
     * @param forNanos for how long it is tried
     */
    public double worstMegabytesPerSecond(LongSupplier nanoTime, long forNanos) {
        return worstText().megabytesPerSecond(patterns(), nanoTime, forNanos);
    }

    /**
     * The beginning of that text. Takes as long.
     *
     * @param lengthBytes of the text that is made
     */
    public byte[] worstText(int lengthBytes) {
        return worstText().text(lengthBytes);
    }

    private WorstText worstText() {
        return WorstText.of(patterns());
    }

    private PatternSet patterns() {
        return new PatternSet(all().stream().map(CompiledRule::pattern).toList());
    }

    /** The rules whose matches are reported, in the order of their files. */
    public List<Rule> rules() {
        return reporting.stream().map(CompiledRule::rule).toList();
    }

    /** Rules whose matches are reported come first. */
    List<CompiledRule> all() {
        return both(reporting, masking);
    }

    int reportingCount() {
        return reporting.size();
    }

    private static List<CompiledRule> both(List<CompiledRule> a, List<CompiledRule> b) {
        return Stream.concat(a.stream(), b.stream()).toList();
    }

    /** Read at first use; that each hit and miss holds is left to this module's tests. */
    private static final class BuiltIn {
        static final List<CompiledRule> RULES = read(RuleFile.Reading.TRUSTED_WITHOUT_EXAMPLES);

        static List<CompiledRule> read(RuleFile.Reading reading) {
            List<CompiledRule> rules = new ArrayList<>();
            for (String resource : RESOURCES) {
                rules.addAll(read(resource, reading));
            }
            return rules;
        }

        private static List<CompiledRule> read(String resource, RuleFile.Reading reading) {
            try (InputStream in = RuleSet.class.getResourceAsStream(resource)) {
                if (in == null) {
                    throw new IllegalStateException(resource + " is not in the module");
                }
                return RuleFile.parse(in.readAllBytes(), resource, reading);
            } catch (IOException | RuleException e) {
                throw new IllegalStateException(resource + " in the module is broken", e);
            }
        }
    }
}
