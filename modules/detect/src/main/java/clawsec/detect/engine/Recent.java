package clawsec.detect.engine;

/**
 * Literals that ended a short while ago, whose patterns were left asleep since what follows cannot
 * belong to a match. Up to the byte that shows it, a pattern is under way all the same for whoever
 * asks at a place in between. That is rarely asked, so that they are looked for again then.
 * Confined to its scan.
 */
final class Recent {
    private static final long NONE = -1;

    private final Hits hits;
    private long place = NONE;
    private long base;

    /**
     * @param current those that are being taken, of which only the scratch is used
     */
    Recent(Hits current) {
        hits = new Hits(current.scratch);
    }

    /**
     * Looks for the literals after which a match may go on at a place, as far as is looked ahead.
     */
    void recall(PatternSet patterns, Window text, long at) {
        if (at == place) {
            return;
        }
        place = at;
        base = text.base();
        int to = (int) (at - base);
        patterns.filter().read(text.bytes(), Math.max(0, to - Lookout.LOOK), to, to, hits);
    }

    /**
     * The earliest place where a match of a pattern may have started, of which all begin with a
     * literal, that goes on at the place that was recalled; that place when there is none.
     */
    long earliestStart(int pattern, PatternSet patterns, Window text) {
        LiteralFilter filter = patterns.filter();
        int to = (int) (place - base);
        int earliest = to;
        for (int i = 0; i < count(); i++) {
            LiteralFilter.Hit[] owners = filter.hits(literal(i));
            for (int j = 0; j < owners.length; j++) {
                int end = hits.end(i);
                int start = end - owners[j].literal().length();
                if (owners[j].pattern() == pattern
                        && start < earliest
                        && patterns.pattern(pattern).seeker().mayStart(text.bytes(), start)) {
                    Outlook.Owner owner = filter.outlook(literal(i), patterns).owners()[j];
                    boolean isOpen = owner.continuation().isUnderWay(text.bytes(), end, to);
                    earliest = isOpen ? start : earliest;
                }
            }
        }
        return base + earliest;
    }

    int count() {
        return hits.count();
    }

    int literal(int index) {
        return hits.literal(index);
    }

    /** The place after a literal. */
    long end(int index) {
        return base + hits.end(index);
    }

    /** Forgets the text. */
    void clear() {
        place = NONE;
    }
}
