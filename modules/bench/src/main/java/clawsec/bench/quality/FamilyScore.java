package clawsec.bench.quality;

/** What was found of one family of labelled texts; confined to one thread. */
final class FamilyScore {
    private int secrets;
    private int found;
    private int harmless;
    private int falseAlarms;

    void add(boolean isSecret, boolean isFound) {
        if (isSecret) {
            secrets++;
            found += isFound ? 1 : 0;
        } else {
            harmless++;
            falseAlarms += isFound ? 1 : 0;
        }
    }

    void add(FamilyScore other) {
        secrets += other.secrets;
        found += other.found;
        harmless += other.harmless;
        falseAlarms += other.falseAlarms;
    }

    boolean isPerfect() {
        return found == secrets && falseAlarms == 0;
    }

    /** Percent of the secrets; 100 when there are none. */
    double recallPercent() {
        return secrets == 0 ? 100 : 100.0 * found / secrets;
    }

    /** Percent of the harmless texts; 0 when there are none. */
    double falseAlarmPercent() {
        return harmless == 0 ? 0 : 100.0 * falseAlarms / harmless;
    }

    String line(String name) {
        return "%-44s found %5d of %5d  %6.2f %%   false alarms %3d of %3d  %6.2f %%"
                .formatted(
                        name,
                        found,
                        secrets,
                        recallPercent(),
                        falseAlarms,
                        harmless,
                        falseAlarmPercent());
    }
}
