package clawsec.detect.expression;

/**
 * What may stand before a literal in a match of its expression, back to where the match starts: a
 * text that cannot be the beginning of a match shows it at some byte, most texts soon.
 */
public final class Approach extends LazySteps {
    private final long[] looping;
    private final long[] firsts;

    /** By position, the positions that it can follow. */
    private final long[] leaders;

    /**
     * @param looping positions that may follow themselves
     * @param leaders by position, {@code tables.words} of the positions that it can follow
     */
    Approach(Tables tables, long[] looping, long[] leaders, Literal literal) {
        super(tables, before(tables, looping, leaders, literal));
        this.looping = looping;
        this.leaders = leaders;
        this.firsts = firsts(tables);
    }

    private static long[] before(Tables tables, long[] looping, long[] leaders, Literal literal) {
        long[] alive = tables.narrow.clone();
        keep(tables, alive, literal, literal.length() - 1);
        for (int i = literal.length() - 2; i >= 0; i--) {
            alive = previous(tables, looping, leaders, alive);
            keep(tables, alive, literal, i);
            keepIn(tables.narrow, alive);
        }
        return alive;
    }

    /**
     * Whether the bytes before an index cannot precede the literal in a match.
     *
     * @param first index of the first byte that is there
     * @param start index of the literal's first byte
     */
    public boolean isMisfit(byte[] text, int first, int start) {
        return misfit(text, start - 1, first - 1, -1) != first - 1;
    }

    /** Every position that may be first: what boundaries need is not looked at. */
    @Override
    boolean mayEnd(long[] alive, int row) {
        return tables.meets(alive, firsts);
    }

    @Override
    long[] next(long[] alive) {
        return previous(tables, looping, leaders, alive);
    }

    private static long[] previous(Tables tables, long[] looping, long[] leaders, long[] alive) {
        int words = tables.words;
        long[] previous = new long[words];
        for (int w = 0; w < words; w++) {
            previous[w] |= alive[w] & looping[w];
            for (long rest = alive[w]; rest != 0; rest &= rest - 1) {
                int row = ((w << 6) + Long.numberOfTrailingZeros(rest)) * words;
                for (int v = 0; v < words; v++) {
                    previous[v] |= leaders[row + v];
                }
            }
        }
        return previous;
    }

    /** By position, the positions that it can follow. */
    static long[] leaders(Tables tables) {
        int words = tables.words;
        long[] leaders = new long[tables.positions * words];
        long[] one = new long[words];
        for (int i = 0; i < tables.positions; i++) {
            one[i >>> 6] = 1L << (i & 63);
            long[] following = tables.next(one, new long[words]);
            one[i >>> 6] = 0;
            for (int w = 0; w < words; w++) {
                for (long rest = following[w]; rest != 0; rest &= rest - 1) {
                    int follower = (w << 6) + Long.numberOfTrailingZeros(rest);
                    leaders[follower * words + (i >>> 6)] |= 1L << (i & 63);
                }
            }
        }
        return leaders;
    }
}
