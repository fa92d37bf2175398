package clawsec.detect.decode;

import java.util.function.LongSupplier;

/**
 * Warms a search up that uses vectors, and takes it when it proves faster, as the one for literals
 * is ({@code clawsec.detect.engine}).
 */
final class SignAcceleration {
    private static final String MODULE = "jdk.incubator.vector";

    /** How long a search may take to prove itself. */
    private static final long PATIENCE_NANOS = 5_000_000_000L;

    private static final int BLOCKS = 32;

    /** Passes of a measurement; enough of them make Java compile. */
    private static final int PASSES = 400;

    /** How much faster it has to be, in two measurements in a row. */
    private static final double MARGIN = 1.2;

    private final LongSupplier nanoTime;
    private final byte[] text = new byte[BLOCKS * Signs.BLOCK_BYTES + Signs.PADDING_BYTES];
    private final long[] words = new long[BLOCKS * SignSearch.WORDS];

    SignAcceleration(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        int noise = 1;
        for (int i = 0; i < text.length; i++) {
            noise = noise * 1_103_515_245 + 12_345;
            text[i] = (byte) (' ' + (noise >>> 16) % 95);
        }
    }

    /** The faster one of a search and the one that suits this machine. */
    SignSearch choose(SignSearch current) {
        if (ModuleLayer.boot().findModule(MODULE).isEmpty()) {
            return current;
        }
        SignSearch other = Vectors.search(current);
        if (other == current) {
            return current;
        }
        long end = nanoTime.getAsLong() + PATIENCE_NANOS;
        int faster = 0;
        while (nanoTime.getAsLong() - end < 0) {
            faster = nanos(other) * MARGIN < nanos(current) ? faster + 1 : 0;
            if (faster == 2) {
                return other;
            }
        }
        return current;
    }

    private long nanos(SignSearch search) {
        long begin = nanoTime.getAsLong();
        for (int i = 0; i < PASSES; i++) {
            search.mark(text, 0, BLOCKS, words, 0);
        }
        return nanoTime.getAsLong() - begin;
    }

    /** Apart, since a class that names vectors cannot be loaded without their module. */
    private static final class Vectors {
        static SignSearch search(SignSearch current) {
            boolean isBetter = current instanceof NarrowSigns && WideSigns.suits();
            return isBetter ? new WideSigns() : current;
        }
    }
}
