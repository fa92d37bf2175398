package clawsec.detect.expression;

/**
 * Which bytes may follow a literal in a match of its expression, at each of the first places after
 * it. A text whose bytes do not fit need not be read further. Immutable.
 */
public final class Sequel {
    /** Places that are looked at; a bit for each in a byte. */
    private static final int MAX_LENGTH = 8;

    /** By byte, bit {@code i} is set when it may stand at the place {@code i}. */
    private final byte[] allowed = new byte[256];

    /** Places that not every byte may stand at come before this one. */
    private final int length;

    private Sequel(Sequel a, Sequel b) {
        for (int value = 0; value < allowed.length; value++) {
            allowed[value] = (byte) (a.allowed[value] | b.allowed[value]);
        }
        length = Math.min(a.length, b.length);
    }

    /**
     * @param literal of which every match contains one, at its start if {@code isAtStart}
     */
    Sequel(Tables tables, long[] looping, Literal literal, boolean isAtStart) {
        int words = tables.words;
        long[] alive = isAtStart ? firsts(tables) : all(tables);
        for (int i = 0; i < literal.length(); i++) {
            if (i > 0) {
                alive = next(tables, looping, alive);
            }
            int value = literal.text().charAt(i);
            int row = tables.rows[value] * words;
            int other = tables.rows[literal.fold(i) == 0 ? value : value ^ 0x20] * words;
            for (int w = 0; w < words; w++) {
                alive[w] &= tables.masks[row + w] | tables.masks[other + w];
            }
        }
        int places = 0;
        boolean mayEnd = false;
        while (places < MAX_LENGTH && !mayEnd && !tables.meets(alive, tables.ends)) {
            long[] following = next(tables, looping, alive);
            for (int value = 0; value < 256; value++) {
                int row = tables.rows[value];
                boolean ends = tables.meets(alive, tables.endsBefore(row));
                mayEnd |= ends;
                if (ends || meets(following, tables.masks, row * words)) {
                    allowed[value] |= (byte) (1 << places);
                }
            }
            alive = following;
            places++;
        }
        length = places;
    }

    /** What may follow one literal or the other. */
    public Sequel or(Sequel other) {
        return new Sequel(this, other);
    }

    /**
     * Where it shows that the bytes from one index to another do not follow the literal in a match.
     *
     * @return the index of the byte that cannot stand there; {@code to} when none of them is known
     *     not to
     */
    public int misfit(byte[] text, int from, int to) {
        int end = Math.min(to, from + length);
        for (int i = from; i < end; i++) {
            if ((allowed[text[i] & 0xff] >>> (i - from) & 1) == 0) {
                return i;
            }
        }
        return to;
    }

    private static boolean meets(long[] state, long[] masks, int row) {
        long met = 0;
        for (int w = 0; w < state.length; w++) {
            met |= state[w] & masks[row + w];
        }
        return met != 0;
    }

    private static long[] firsts(Tables tables) {
        long[] all = tables.firstAfterWord.clone();
        for (int w = 0; w < all.length; w++) {
            all[w] |= tables.firstAfterOther[w];
        }
        return all;
    }

    private static long[] all(Tables tables) {
        long[] all = new long[tables.words];
        for (int i = 0; i < tables.positions; i++) {
            all[i >>> 6] |= 1L << (i & 63);
        }
        return all;
    }

    /** The positions that may be next, whatever the byte. */
    private static long[] next(Tables tables, long[] looping, long[] alive) {
        int words = tables.words;
        long[] next = new long[words];
        for (int w = 0; w < words; w++) {
            long moved = alive[w] & tables.shift[w];
            next[w] |= (moved << 1) | (alive[w] & looping[w]);
            if (w + 1 < words) {
                next[w + 1] |= moved >>> 63;
            }
            for (long rest = alive[w] & tables.branching[w]; rest != 0; rest &= rest - 1) {
                int lead = ((w << 6) + Long.numberOfTrailingZeros(rest)) * words;
                for (int v = 0; v < words; v++) {
                    next[v] |= tables.leads[lead + v];
                }
            }
        }
        return next;
    }
}
