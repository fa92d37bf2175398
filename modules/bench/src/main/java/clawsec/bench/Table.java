package clawsec.bench;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The figures as text. */
final class Table {
    private static final String COLUMNS = "  %-13s %13s %17s %9s %10s %9s  %s";

    private final StringBuilder text = new StringBuilder();

    /** What the columns hold. */
    static String legend() {
        return """
        to %s: median over the rounds of the ratio within a round. CPU us: the peer's processor
        time for one request, connection or megabyte. load CPUs: processors that the load
        generator kept busy.
        """
                .formatted(Lineup.BASELINE);
    }

    /**
     * Adds a row.
     *
     * @param series by peer name, in the order to show; a peer without samples is left out
     */
    Table add(Row row, Map<String, Series> series) {
        text.append(row.title()).append(System.lineSeparator());
        line("", row.unit(), "min - max", "to " + Lineup.BASELINE, "CPU us", "load CPUs", "");
        Series baseline = series.getOrDefault(Lineup.BASELINE, new Series(List.of()));
        series.forEach((peer, its) -> {
            if (!its.isEmpty()) {
                add(row, peer, its, baseline);
            }
        });
        return this;
    }

    private void add(Row row, String peer, Series series, Series baseline) {
        boolean hasRatio = !baseline.isEmpty() && series.median(Sample::rate) > 0;
        double ratio = hasRatio ? series.ratioTo(baseline) : 0;
        line(
                peer,
                number(series.median(Sample::rate)),
                number(series.min()) + " - " + number(series.max()),
                hasRatio ? String.format(Locale.ROOT, "%.2f x", ratio) : "",
                number(series.median(Sample::cpuMicrosPerUnit)),
                String.format(Locale.ROOT, "%.2f", series.median(Sample::loadProcessors)),
                remark(row, peer, hasRatio, ratio, series.failures()));
    }

    private static String remark(
            Row row, String peer, boolean hasRatio, double ratio, long failures) {
        StringBuilder remark = new StringBuilder();
        if (hasRatio && peer.equals(Clawsec.NAME) && row.bar() > 0) {
            String verdict = ratio >= row.bar() ? "reached" : "missed";
            remark.append(String.format(Locale.ROOT, "bar %.1f x %s ", row.bar(), verdict));
        }
        if (failures > 0) {
            remark.append(failures).append(" FAILED");
        }
        return remark.toString().strip();
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value < 100 ? "%.1f" : "%,.0f", value);
    }

    private void line(Object... cells) {
        text.append(String.format(COLUMNS, cells).stripTrailing()).append(System.lineSeparator());
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
