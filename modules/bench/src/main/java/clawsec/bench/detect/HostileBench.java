package clawsec.bench.detect;

import clawsec.detect.DecodeLimits;
import clawsec.detect.DetectConfig;
import clawsec.detect.Detector;
import clawsec.detect.Direction;
import clawsec.detect.MessageScan;
import clawsec.detect.Protocol;
import clawsec.detect.RuleException;
import clawsec.detect.RuleSet;
import clawsec.detect.Subject;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Measures the detector over the dearest texts that are known: made for all rules and for each rule
 * alone, messages made of findings, and encodings that keep the decoders busy. In processor time of
 * its one thread, so that who else uses the machine matters little; scalar, for the bar is for any
 * machine. {@code HOSTILE_SECONDS} is how long each figure takes, 2 if it is not set.
 */
public final class HostileBench {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final int TEXT_BYTES = 1 << 16;
    private static final int DEFAULT_SECONDS = 2;

    /** The first third of the time is for the compiler. */
    private static final int WARM_UP_SHARE = 3;

    /** There are hundreds of rules. */
    private static final int RULE_SHARE = 20;

    private static final int RULES_SHOWN = 12;
    private static final double BAR_MEGABYTES_PER_SECOND = 30;

    /** Made up; a file name, a command, a key and a password, found wherever they stand. */
    private static final List<String> FINDINGS =
            List.of(
                    ".netrc ",
                    "cat /etc/shadow ",
                    "AKIA" + "QYLPMN5HHHFPZAM2 ",
                    "password=" + "hunter2hunter3x1 ");

    private record Figure(String name, double steps, double megabytesPerSecond) {}

    private HostileBench() {}

    /**
     * Takes no arguments.
     *
     * @throws RuleException when a built-in rule cannot be read alone
     */
    public static void main(String[] arguments) throws IOException, RuleException {
        String seconds = System.getenv("HOSTILE_SECONDS");
        long nanos = (seconds == null ? DEFAULT_SECONDS : Long.parseLong(seconds)) * 1_000_000_000L;
        RuleSet rules = RuleSet.builtIn();
        System.out.println("MB/s of 10^6 bytes, processor time of one thread, scalar");
        System.out.printf("the worst text found for all %d rules%n", rules.rules().size());
        print(
                "search",
                rules.worstStepsPerByte(),
                rules.worstMegabytesPerSecond(HostileBench::now, nanos));
        byte[] worst = rules.worstText(TEXT_BYTES);
        print("message", 0, speed(detector(rules, false), worst, nanos));
        print("and decoded", 0, speed(detector(rules, true), worst, nanos));
        System.out.println("messages made of findings, decoded");
        Detector decoding = detector(rules, true);
        for (String finding : FINDINGS) {
            byte[] text =
                    finding.repeat(TEXT_BYTES / finding.length())
                            .getBytes(StandardCharsets.ISO_8859_1);
            print(finding, 0, speed(decoding, text, nanos));
        }
        System.out.println("encodings that keep the decoders busy");
        for (HostileText text : HostileText.all()) {
            print(text.name(), 0, speed(decoding, text.bytes(), nanos));
        }
        printSingleRules(nanos / RULE_SHARE);
    }

    private static void printSingleRules(long nanos) throws IOException, RuleException {
        List<Figure> figures = new ArrayList<>();
        for (RuleSet rule : SingleRules.all()) {
            figures.add(
                    new Figure(
                            rule.rules().getFirst().id(),
                            rule.worstStepsPerByte(),
                            rule.worstMegabytesPerSecond(HostileBench::now, nanos)));
        }
        figures.sort(Comparator.comparingDouble(Figure::megabytesPerSecond));
        long fast =
                figures.stream()
                        .filter(each -> each.megabytesPerSecond >= BAR_MEGABYTES_PER_SECOND)
                        .count();
        System.out.printf(
                "the worst text found for one rule alone: %d of %d at %.0f MB/s or more, the"
                        + " dearest%n",
                fast, figures.size(), BAR_MEGABYTES_PER_SECOND);
        for (Figure figure : figures.subList(0, Math.min(RULES_SHOWN, figures.size()))) {
            print(figure.name, figure.steps, figure.megabytesPerSecond);
        }
    }

    private static void print(String name, double steps, double megabytesPerSecond) {
        System.out.printf(
                Locale.ROOT,
                "  %-28s %8.1f MB/s%s%n",
                name.strip(),
                megabytesPerSecond,
                steps > 0 ? String.format(Locale.ROOT, "  %6.1f steps a byte", steps) : "");
    }

    private static Detector detector(RuleSet rules, boolean isDecoding) {
        DetectConfig config = DetectConfig.DEFAULT;
        DecodeLimits limits = config.decodeLimits();
        return Detector.of(
                rules,
                new DetectConfig(
                        0,
                        config.maskSecrets(),
                        config.contentLimits(),
                        new DecodeLimits(
                                isDecoding ? limits.depth() : 0,
                                limits.freeBytes(),
                                limits.ratio())));
    }

    /** The median over messages that each hold the text. */
    private static double speed(Detector detector, byte[] text, long nanos) {
        long begin = now();
        List<Long> taken = new ArrayList<>();
        while (now() - begin < nanos) {
            long before = now();
            scan(detector, text);
            if (before - begin >= nanos / WARM_UP_SHARE) {
                taken.add(now() - before);
            }
        }
        long[] sorted = taken.stream().mapToLong(each -> each).sorted().toArray();
        long median = sorted.length == 0 ? now() - begin : sorted[sorted.length / 2];
        return text.length * 1e3 / Math.max(1, median);
    }

    private static void scan(Detector detector, byte[] text) {
        Subject subject =
                new Subject(
                        Direction.OUTBOUND,
                        Protocol.HTTPS,
                        "127.0.0.1",
                        "a.example:443",
                        "POST",
                        "https://a.example/");
        try (MessageScan scan = detector.open(subject, _ -> {})) {
            scan.content(ByteBuffer.wrap(Arrays.copyOf(text, text.length)));
            scan.end();
        }
    }

    private static long now() {
        return THREADS.getCurrentThreadCpuTime();
    }
}
