package clawsec.bench.quality;

import clawsec.detect.Direction;
import clawsec.detect.Finding;
import clawsec.detect.Severity;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Recall and false alarms over labelled texts, each scanned as it leaves to a foreign host. A
 * secret is found when any rule reports it. A harmless text raises a false alarm when any rule
 * reports it above {@link Severity#LOW}, the severity of published examples; one that the same
 * collection calls a secret in another family is left out.
 */
final class LabelledTexts {
    private static final int SHOWN = 160;

    private final Map<String, FamilyScore> scores = new TreeMap<>();
    private final FamilyScore all = new FamilyScore();
    private int contradicted;
    private int low;

    static LabelledTexts measure(Probe probe, List<LabelledText> texts, PrintWriter details) {
        LabelledTexts result = new LabelledTexts();
        Set<String> secrets =
                texts.stream()
                        .filter(LabelledText::isSecret)
                        .map(LabelledText::text)
                        .collect(Collectors.toSet());
        for (LabelledText each : texts) {
            if (!each.isSecret() && secrets.contains(each.text())) {
                result.contradicted++;
                details.printf("contradicted  %s  %s%n", each.family(), shown(each.text()));
            } else {
                result.score(each, probe, details);
            }
        }
        result.scores.values().forEach(result.all::add);
        return result;
    }

    double recallPercent() {
        return all.recallPercent();
    }

    double falseAlarmPercent() {
        return all.falseAlarmPercent();
    }

    /** Families with anything missed or mistaken, or all of them, and the sum. */
    void print(boolean printsAll) {
        scores.forEach((family, score) -> {
            if (printsAll || !score.isPerfect()) {
                System.out.println(score.line(family));
            }
        });
        System.out.println(all.line("all " + scores.size() + " families"));
        System.out.printf(
                "left out: %d texts that are also labelled secrets; %d more were reported as low%n",
                contradicted, low);
    }

    private void score(LabelledText each, Probe probe, PrintWriter details) {
        List<Finding> findings =
                probe.scan(Direction.OUTBOUND, each.text().getBytes(StandardCharsets.UTF_8));
        boolean isFound =
                each.isSecret()
                        ? !findings.isEmpty()
                        : findings.stream().anyMatch(LabelledTexts::isAboveLow);
        scores.computeIfAbsent(each.family(), _ -> new FamilyScore()).add(each.isSecret(), isFound);
        if (each.isSecret() != isFound) {
            details.printf(
                    "%s  %s  %s  %s%n",
                    each.isSecret() ? "missed" : "false alarm",
                    each.family(),
                    findings.stream().map(Finding::pattern).toList(),
                    shown(each.text()));
        }
        if (!each.isSecret() && !isFound && !findings.isEmpty()) {
            low++;
        }
    }

    private static boolean isAboveLow(Finding finding) {
        return finding.severity().compareTo(Severity.LOW) > 0;
    }

    private static String shown(String text) {
        String line = text.replace("\n", "\\n");
        return line.substring(0, Math.min(SHOWN, line.length()));
    }
}
