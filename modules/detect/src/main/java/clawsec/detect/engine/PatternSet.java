package clawsec.detect.engine;

import clawsec.detect.expression.Literals;
import java.util.List;
import java.util.function.LongSupplier;

/** Patterns that are looked for together; each is known by its index in the list. Immutable. */
public final class PatternSet {
    private final List<Pattern> patterns;
    private final LiteralFilter filter;
    private final int lookBackBytes;

    public PatternSet(List<Pattern> patterns) {
        this.patterns = List.copyOf(patterns);
        this.filter =
                new LiteralFilter(
                        patterns.stream().map(Pattern::literals).map(Literals::list).toList());
        int lookBack = 0;
        for (Pattern pattern : patterns) {
            lookBack = Math.max(lookBack, pattern.reachBytes());
            lookBack = Math.max(lookBack, pattern.longestUndecidedBytes());
        }
        this.lookBackBytes = lookBack;
    }

    /**
     * Looks for literals with vectors from now on, if the program has their module and they prove
     * faster here. Takes up to some seconds, during which the set can be used; meant for a thread
     * in the background of a program that runs long.
     *
     * @param nanoTime a clock that only moves forward, in nanoseconds
     * @return whether vectors are used
     */
    public boolean accelerate(LongSupplier nanoTime) {
        CandidateSearch twin = filter.search();
        filter.use(new Acceleration(nanoTime).choose(filter.literals(), twin));
        return filter.search() != twin;
    }

    public int size() {
        return patterns.size();
    }

    Pattern pattern(int index) {
        return patterns.get(index);
    }

    LiteralFilter filter() {
        return filter;
    }

    /** How far before the place read up to a match can start that has not been seen to end. */
    int lookBackBytes() {
        return lookBackBytes;
    }
}
