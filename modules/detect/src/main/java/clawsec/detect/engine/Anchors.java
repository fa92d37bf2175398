package clawsec.detect.engine;

import clawsec.detect.expression.Literal;
import clawsec.detect.expression.Literals;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Collection;

/**
 * The last four bytes of literals, a bit for the hash of each: some bits are set by chance too, but
 * few. Letters of both cases are the same. Immutable.
 */
final class Anchors {
    private static final VarHandle FOUR_BYTES =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    /** Makes letters of both cases the same, and a few other bytes too. */
    private static final int FOLD = 0x20202020;

    private static final int FACTOR = 0x9E3779B1;
    private static final int HASH_BITS = 16;

    private final long[] fours = new long[1 << (HASH_BITS - 6)];

    /** The same for literals of three bytes. */
    private final long[] threes = new long[1 << (HASH_BITS - 6)];

    private final boolean hasThrees;

    Anchors(Collection<Literal> literals) {
        boolean anyThree = false;
        for (Literal literal : literals) {
            boolean isThree = isThree(literal);
            int hash = hash(literal);
            long[] bits = isThree ? threes : fours;
            bits[hash >>> 6] |= 1L << hash;
            anyThree |= isThree;
        }
        hasThrees = anyThree;
    }

    boolean hasThrees() {
        return hasThrees;
    }

    /** 1 when the last bytes of a literal may be these, otherwise 0. */
    long fits(int four) {
        int hash = hash(four);
        return fours[hash >>> 6] >>> hash & 1;
    }

    /** The same for literals of three bytes. */
    long fitsThree(int four) {
        int hash = hashOfThree(four);
        return threes[hash >>> 6] >>> hash & 1;
    }

    static boolean isThree(Literal literal) {
        return literal.length() < Literals.ANCHOR_LENGTH;
    }

    /** The hash of a literal's last bytes, 0 to 65535. */
    static int hash(Literal literal) {
        int four = 0;
        for (int i = 0; i < literal.length(); i++) {
            four = four >>> 8 | literal.text().charAt(i) << 24;
        }
        return isThree(literal) ? hashOfThree(four) : hash(four);
    }

    static int hash(int four) {
        return ((four | FOLD) * FACTOR) >>> (Integer.SIZE - HASH_BITS);
    }

    static int hashOfThree(int four) {
        return (((four | FOLD) >>> 8) * FACTOR) >>> (Integer.SIZE - HASH_BITS);
    }

    /** Four bytes up to the one at {@code last}, which is highest; zeros before the text. */
    static int lastFour(byte[] text, int last) {
        if (last >= 3) {
            return (int) FOUR_BYTES.get(text, last - 3);
        }
        int four = 0;
        for (int i = 0; i <= last; i++) {
            four = four >>> 8 | text[i] << 24;
        }
        return four;
    }
}
