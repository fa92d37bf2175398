package clawsec.detect.engine;

import clawsec.detect.expression.Literals;
import java.util.List;

/** Patterns that are looked for together; each is known by its index in the list. Immutable. */
public final class PatternSet {
    private final List<Pattern> patterns;
    private final LiteralFilter filter;
    private final int lookBackBytes;

    public PatternSet(List<Pattern> patterns) {
        this.patterns = List.copyOf(patterns);
        this.filter =
                new LiteralFilter(
                        patterns.stream().map(Pattern::literals).map(Literals::texts).toList());
        int lookBack = 0;
        for (Pattern pattern : patterns) {
            lookBack = Math.max(lookBack, pattern.literals().reach());
            lookBack = Math.max(lookBack, pattern.longestUndecidedBytes());
        }
        this.lookBackBytes = lookBack;
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
