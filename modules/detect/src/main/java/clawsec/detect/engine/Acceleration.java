package clawsec.detect.engine;

import clawsec.detect.expression.Literal;
import java.util.Collection;
import java.util.function.LongSupplier;

/**
 * Warms a search up that uses vectors, and takes it when it proves faster than the twin it stands
 * for. Until Java has compiled it, such a search is a hundred times slower, and where the processor
 * lacks an instruction it stays so. The vectors' module is incubating: a program that was started
 * without it does without.
 */
final class Acceleration {
    private static final String MODULE = "jdk.incubator.vector";

    /** How long a search may take to prove itself. */
    private static final long PATIENCE_NANOS = 5_000_000_000L;

    /** Pieces of a measurement; enough of them make Java compile. */
    private static final int PIECES = 400;

    /** How much faster it has to be, in two measurements in a row; what it names is also less. */
    private static final double MARGIN = 1.2;

    private final LongSupplier nanoTime;
    private final byte[] text = new byte[LiteralFilter.PIECE + 2 * CandidateSearch.BLOCK];
    private final Scratch scratch = new Scratch();

    /**
     * @param nanoTime a clock that only moves forward, in nanoseconds
     */
    Acceleration(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        int noise = 1;
        for (int i = 0; i < text.length; i++) {
            noise = noise * 1_103_515_245 + 12_345;
            text[i] = (byte) (' ' + (noise >>> 16) % 95);
        }
    }

    /** The faster one of the twin and the search that suits this machine. */
    CandidateSearch choose(Collection<Literal> literals, CandidateSearch twin) {
        if (ModuleLayer.boot().findModule(MODULE).isEmpty()) {
            return twin;
        }
        CandidateSearch other = Vectors.search(literals, twin);
        if (other == twin) {
            return twin;
        }
        long end = nanoTime.getAsLong() + PATIENCE_NANOS;
        int faster = 0;
        while (nanoTime.getAsLong() - end < 0) {
            faster = nanos(other) * MARGIN < nanos(twin) ? faster + 1 : 0;
            if (faster == 2) {
                return other;
            }
        }
        return twin;
    }

    private long nanos(CandidateSearch search) {
        long begin = nanoTime.getAsLong();
        for (int i = 0; i < PIECES; i++) {
            int from = CandidateSearch.BLOCK;
            search.mark(text, from, from + LiteralFilter.PIECE, scratch);
        }
        return nanoTime.getAsLong() - begin;
    }

    /** Apart, since a class that names vectors cannot be loaded without their module. */
    private static final class Vectors {
        static CandidateSearch search(Collection<Literal> literals, CandidateSearch twin) {
            return WideSearch.suits() ? new WideSearch(literals, twin) : twin;
        }
    }
}
