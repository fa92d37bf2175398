package clawsec.detect;

import clawsec.detect.decode.Decoders;
import clawsec.detect.engine.PatternSet;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * Finds threats in messages: rules, made ready once, and how to scan. Thread-safe; what it finds
 * never changes: other rules take another detector.
 */
public final class Detector {
    private final RuleSet ruleSet;
    private final DetectConfig config;
    private final List<CompiledRule> compiled;
    private final PatternSet patterns;
    private final boolean[] outbound;
    private final boolean[] inbound;
    private final boolean[] outboundWanted;
    private final boolean[] inboundWanted;
    private final ScannerPool outboundScanners = new ScannerPool(this);
    private final ScannerPool inboundScanners = new ScannerPool(this);

    private Detector(RuleSet ruleSet, DetectConfig config) {
        this.ruleSet = ruleSet;
        this.config = config;
        this.compiled = ruleSet.all();
        this.patterns =
                new PatternSet(
                        Stream.concat(
                                        compiled.stream().map(CompiledRule::pattern),
                                        Surroundings.MARKERS.stream())
                                .toList());
        this.outbound = reported(Direction.OUTBOUND);
        this.inbound = reported(Direction.INBOUND);
        this.outboundWanted = wanted(outbound);
        this.inboundWanted = wanted(inbound);
    }

    public static Detector of(RuleSet rules, DetectConfig config) {
        return new Detector(rules, config);
    }

    /**
     * Opens the scan of one message.
     *
     * @param sink takes each finding, on the thread that hands over the message's bytes
     */
    public MessageScan open(Subject subject, Consumer<Finding> sink) {
        return new StreamedScan(this, subject, sink, List.of(), null);
    }

    /**
     * Opens the scan of messages that follow one another in one direction of a connection.
     *
     * @param subject of each of them
     * @param sink as for {@link #open}
     */
    public SequenceScan openSequence(Subject subject, Consumer<Finding> sink) {
        return new MessageSequence(this, subject, sink);
    }

    /** Scanners for the messages that go that way. */
    ScannerPool scanners(Direction direction) {
        return switch (direction) {
            case OUTBOUND -> outboundScanners;
            case INBOUND -> inboundScanners;
        };
    }

    /**
     * A short text, such as a line for a log, with the secrets in it cut to their prefix and four
     * characters; as it is where masking is off ({@link DetectConfig#maskSecrets}).
     */
    public String masked(String text) {
        return config.maskSecrets() ? TextMask.masked(text, this) : text;
    }

    /**
     * Lets this detector scan with vectors of 512 bits from some time on, if the program was
     * started with {@code --add-modules jdk.incubator.vector} and they prove faster on this
     * machine. Finds the same. Blocks for up to some seconds, during which other threads can scan:
     * for a thread in the background of a program that runs long.
     *
     * @param nanoTime a clock that only moves forward, in nanoseconds
     * @return whether vectors are used
     */
    public boolean accelerate(LongSupplier nanoTime) {
        Decoders.accelerate(nanoTime);
        return patterns.accelerate(nanoTime);
    }

    /** The rules whose matches are reported. */
    public RuleSet rules() {
        return ruleSet;
    }

    DetectConfig config() {
        return config;
    }

    List<CompiledRule> compiled() {
        return compiled;
    }

    /** Those of the compiled rules, then {@link Surroundings#MARKERS}. */
    PatternSet patterns() {
        return patterns;
    }

    /** By index of the compiled rules; not to be changed. */
    boolean[] isReported(Direction direction) {
        return switch (direction) {
            case OUTBOUND -> outbound;
            case INBOUND -> inbound;
        };
    }

    /**
     * By index of the patterns, whether it is looked for: to be reported, to be masked, or to tell
     * what stands around; not to be changed.
     */
    boolean[] isWanted(Direction direction) {
        return switch (direction) {
            case OUTBOUND -> outboundWanted;
            case INBOUND -> inboundWanted;
        };
    }

    private boolean[] wanted(boolean[] isReported) {
        boolean[] isWanted = Arrays.copyOf(isReported, patterns.size());
        boolean isJudged = false;
        for (int i = 0; i < isReported.length; i++) {
            Rule rule = compiled.get(i).rule();
            isWanted[i] |= config.maskSecrets() && rule.isSecret();
            isJudged |= isReported[i] && rule.type() == ThreatType.INJECTION;
        }
        Arrays.fill(isWanted, isReported.length, isWanted.length, isJudged);
        return isWanted;
    }

    private boolean[] reported(Direction direction) {
        boolean[] isReported = new boolean[compiled.size()];
        for (int i = 0; i < ruleSet.reportingCount(); i++) {
            isReported[i] = compiled.get(i).rule().directions().contains(direction);
        }
        return isReported;
    }
}
