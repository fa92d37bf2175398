package clawsec.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** The samples of one row and one peer, a sample a round. */
record Series(List<Sample> samples) {
    Series {
        samples = List.copyOf(samples);
    }

    boolean isEmpty() {
        return samples.isEmpty();
    }

    double median(ToDoubleFunction<Sample> of) {
        return median(samples.stream().mapToDouble(of).toArray());
    }

    double min() {
        return samples.stream().mapToDouble(Sample::rate).min().orElseThrow();
    }

    double max() {
        return samples.stream().mapToDouble(Sample::rate).max().orElseThrow();
    }

    long failures() {
        return samples.stream().mapToLong(sample -> sample.tally().failures()).sum();
    }

    /** The median over the rounds of this rate divided by the other's of the same round. */
    double ratioTo(Series other) {
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round < Math.min(samples.size(), other.samples.size()); round++) {
            ratios.add(samples.get(round).rate() / other.samples.get(round).rate());
        }
        return median(ratios.stream().mapToDouble(Double::doubleValue).toArray());
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
