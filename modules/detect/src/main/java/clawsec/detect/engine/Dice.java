package clawsec.detect.engine;

/**
 * Numbers that look random and are the same for the same seed. Confined to one thread.
 *
 * <p>Source: S. Vigna, xorshift, 2016.
 */
final class Dice {
    private long state;

    /**
     * @param seed not 0
     */
    Dice(long seed) {
        state = seed;
    }

    /** A number from 0 to below {@code bound}. */
    int below(int bound) {
        state ^= state << 13;
        state ^= state >>> 7;
        state ^= state << 17;
        return (int) Long.remainderUnsigned(state, bound);
    }
}
