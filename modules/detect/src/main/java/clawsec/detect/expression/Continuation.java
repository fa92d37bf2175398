package clawsec.detect.expression;

/**
 * What may follow a literal in a match of its expression, however far: a text that cannot be the
 * rest of a match shows it at some byte, most texts soon.
 */
public final class Continuation extends LazySteps {
    private final long[] looping;

    /**
     * @param looping positions that may follow themselves
     * @param literal of which every match contains one, at its start if {@code isAtStart}
     */
    Continuation(Tables tables, long[] looping, Literal literal, boolean isAtStart) {
        super(tables, after(tables, looping, literal, isAtStart));
        this.looping = looping;
    }

    private static long[] after(Tables tables, long[] looping, Literal literal, boolean isAtStart) {
        long[] alive = isAtStart ? firsts(tables) : tables.narrow.clone();
        keep(tables, alive, literal, 0);
        for (int i = 1; i < literal.length(); i++) {
            alive = tables.next(alive, looping);
            keep(tables, alive, literal, i);
            keepIn(tables.narrow, alive);
        }
        return alive;
    }

    /**
     * Where it shows that the bytes from one index to another do not follow the literal in a match.
     *
     * @return the index of the byte that cannot stand there; {@code to} when none of them is known
     *     not to
     */
    public int misfit(byte[] text, int from, int to) {
        return misfit(text, from, to, 1);
    }

    /** Whether the bytes from one index to another are the rest of a match, but not all of it. */
    public boolean isUnderWay(byte[] text, int from, int to) {
        return walk(text, from, to, 1) == to;
    }

    @Override
    boolean mayEnd(long[] alive, int row) {
        return tables.meets(alive, tables.ends) || tables.meets(alive, tables.endsBefore(row));
    }

    @Override
    long[] next(long[] alive) {
        return tables.next(alive, looping);
    }

    /**
     * What may stand at the first places after the literal.
     *
     * @param allowed by byte, takes a bit for each place at which it may stand
     * @param most places
     * @return how many places there are that not every byte may stand at, or fewer
     */
    int places(byte[] allowed, int most) {
        long[] alive = start();
        int places = 0;
        boolean mayEnd = false;
        while (places < most && !mayEnd && !tables.meets(alive, tables.ends)) {
            long[] following = next(alive);
            for (int value = 0; value < allowed.length; value++) {
                int row = tables.rows[value];
                boolean ends = tables.meets(alive, tables.endsBefore(row));
                mayEnd |= ends;
                if (ends || meets(following, tables.masks, row * tables.words)) {
                    allowed[value] |= (byte) (1 << places);
                }
            }
            alive = following;
            places++;
        }
        return places;
    }

    private static boolean meets(long[] state, long[] masks, int row) {
        long met = 0;
        for (int w = 0; w < state.length; w++) {
            met |= state[w] & masks[row + w];
        }
        return met != 0;
    }
}
