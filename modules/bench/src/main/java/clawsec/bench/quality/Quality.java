package clawsec.bench.quality;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/**
 * {@code make quality}: how much the shipped rules find, and how often they are wrong. What was
 * missed or mistaken is listed in {@code target/quality/}.
 */
public final class Quality {
    /** Percent of the labelled secrets that have to be found. */
    private static final double LEAST_RECALL_PERCENT = 98;

    /** Percent of the harmless labelled texts that may raise an alarm. */
    private static final double MOST_FALSE_ALARM_PERCENT = 8;

    /** Findings of severity high or above in 100 MB of benign text. */
    private static final double MOST_SEVERE_RATE = 1;

    private static final Path DETAILS = Path.of("modules/bench/target/quality");
    private static final String SHARED_VARIABLE = "CLAWSEC_SHARED";
    private static final String SHARED_DEFAULT = "../shared";
    private static final String FOLDERS_VARIABLE = "QUALITY_FOLDERS";
    private static final String ALL_FLAG = "--all";

    private final Probe probe = new Probe();
    private final Path shared;
    private boolean areBarsMet = true;

    private Quality(Path shared) {
        this.shared = shared;
    }

    /**
     * @param arguments {@code --all} prints perfect families too
     */
    public static void main(String[] arguments) throws IOException {
        String shared = System.getenv().getOrDefault(SHARED_VARIABLE, SHARED_DEFAULT);
        Files.createDirectories(DETAILS);
        Quality quality = new Quality(Path.of(shared));
        System.out.printf("%d rules%n", quality.probe.ruleCount());
        quality.labelled(Arrays.asList(arguments).contains(ALL_FLAG));
        quality.benign();
        System.exit(quality.areBarsMet ? 0 : 1);
    }

    private void labelled(boolean printsAll) throws IOException {
        Path file = shared.resolve("corpora/secrets.jsonl");
        if (!Files.exists(file)) {
            System.out.printf(
                    "SKIPPED labelled texts: %s is missing; set %s%n", file, SHARED_VARIABLE);
            return;
        }
        Path list = DETAILS.resolve("labelled.txt");
        try (PrintWriter details = new PrintWriter(Files.newBufferedWriter(list))) {
            LabelledTexts texts = LabelledTexts.measure(probe, LabelledText.read(file), details);
            texts.print(printsAll);
            bar("recall", texts.recallPercent(), texts.recallPercent() >= LEAST_RECALL_PERCENT);
            bar(
                    "false alarms",
                    texts.falseAlarmPercent(),
                    texts.falseAlarmPercent() <= MOST_FALSE_ALARM_PERCENT);
        }
        System.out.println("what was missed or mistaken: " + list);
    }

    private void benign() throws IOException {
        BenignScore all = new BenignScore();
        Set<String> seen = new HashSet<>();
        Path list = DETAILS.resolve("benign.txt");
        try (PrintWriter details = new PrintWriter(Files.newBufferedWriter(list))) {
            String more = System.getenv().getOrDefault(FOLDERS_VARIABLE, "");
            for (BenignFiles files : BenignFiles.ofMachine(shared, more)) {
                if (!files.isPresent()) {
                    System.out.printf("SKIPPED %s: %s is missing%n", files.name(), files.root());
                    continue;
                }
                BenignScore score = BenignScore.measure(probe, files, seen, details);
                System.out.println(score.line(files.name()));
                all.add(score);
            }
        }
        System.out.println(all.line("all benign text"));
        bar("high or above in 100 MB", all.severeRate(), all.severeRate() <= MOST_SEVERE_RATE);
        System.out.println("each finding in it: " + list);
    }

    private void bar(String name, double value, boolean isMet) {
        System.out.printf("%s: %.2f, %s%n", name, value, isMet ? "met" : "MISSED");
        areBarsMet &= isMet;
    }
}
