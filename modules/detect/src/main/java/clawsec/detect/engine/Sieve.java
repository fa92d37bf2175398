package clawsec.detect.engine;

import clawsec.detect.expression.Approach;

/**
 * Says of short texts whether they may hold a match, sooner than a {@link TextScan} finds out. The
 * texts lie behind each other in one array, so that one pass over it looks for the literals of all.
 * Confined to one thread at a time.
 */
public final class Sieve {
    /** Bytes that have to be in the array before the first text and behind the last. */
    public static final int PADDING_BYTES = CandidateSearch.BLOCK;

    /** How far is looked back from a literal. */
    private static final int LOOK_BACK = 160;

    /** Bytes looked at around literals that a byte of text is worth. */
    private static final int LOOKS = 2;

    /** What decides whether a match may begin at a byte stands not further before it. */
    private static final int BOUNDARY_BYTES = 8;

    private final PatternSet patterns;
    private final boolean[] isWanted;
    private final Hits hits = new Hits();
    private byte[] texts = new byte[0];
    private int filtered;
    private int end;

    /** Bytes that may still be looked at in the text at hand. */
    private long looksLeft;

    /**
     * @param isWanted by pattern, whether its matches count; not to be changed
     */
    public Sieve(PatternSet patterns, boolean[] isWanted) {
        this.patterns = patterns;
        this.isWanted = isWanted;
    }

    /**
     * Takes an array with texts to be asked for, in order.
     *
     * @param from index of the first byte of the first one
     * @param to index behind the last byte of the last one
     */
    public void begin(byte[] array, int from, int to) {
        texts = array;
        filtered = from;
        end = to;
        hits.clear();
    }

    /**
     * Whether the next text may hold a match that begins before an index.
     *
     * @param from index of its first byte, at which no match of the text before goes on
     * @param to index behind its last byte
     */
    public boolean mayMatch(int from, int to, int before) {
        looksLeft = (long) LOOKS * (to - from);
        while (true) {
            while (hits.hasNext() && hits.nextEnd() <= to) {
                int last = hits.nextEnd();
                if (mayMatch(hits.take(), last, from, to, before)) {
                    return true;
                }
            }
            if (hits.hasNext() || filtered >= Math.min(to, end)) {
                return false;
            }
            // Whose text the bytes after a literal are is looked at later.
            filtered = patterns.filter().read(texts, filtered, end, filtered, hits);
        }
    }

    private boolean mayMatch(int literal, int last, int from, int to, int before) {
        LiteralFilter filter = patterns.filter();
        LiteralFilter.Hit[] owners = filter.hits(literal);
        int start = last - owners[0].literal().length();
        if (start < from) {
            return false;
        }
        Outlook outlook = filter.outlook(literal, patterns);
        if (outlook.sequel().misfit(texts, last, to) < to) {
            return false;
        }
        for (int i = 0; i < owners.length; i++) {
            if (isWanted[owners[i].pattern()]
                    && mayBegin(owners[i], from, start, before)
                    && fits(outlook.owners()[i], from, start, last, to)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a match may begin where a literal does, if it must. */
    private boolean mayBegin(LiteralFilter.Hit hit, int from, int start, int before) {
        Pattern pattern = patterns.pattern(hit.pattern());
        return !pattern.literals().isAtStart()
                || (start < before
                        && (start < from + BOUNDARY_BYTES
                                || pattern.seeker().mayStart(texts, start)));
    }

    /** Whether the bytes around a literal are as in a match, or finding out takes too long. */
    private boolean fits(Outlook.Owner owner, int from, int start, int last, int to) {
        if (looksLeft <= 0) {
            return true;
        }
        int until = owner.continuation().misfit(texts, last, to);
        looksLeft -= until - last;
        if (until < to) {
            return false;
        }
        Approach approach = owner.approach();
        int first = Math.max(from, start - LOOK_BACK);
        looksLeft -= start - first;
        return approach == null || !approach.isMisfit(texts, first, start);
    }
}
