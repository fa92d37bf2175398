package clawsec.detect.engine;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * A text made to cost as much as possible to scan, as an attacker would: pieces made up from the
 * expressions are tried alone, then the dearest are put together, and the order is changed as long
 * as that makes it dearer. Cost is counted in work, not in time, so that the same patterns have the
 * same text and the same cost on every machine.
 *
 * @param unit repeated, it is the text
 * @param steps how many bytes of it the patterns' searches read, for each byte of text
 */
public record WorstText(byte[] unit, double steps) {
    private static final long SEED = 0x5DEECE66DL;

    /** Bytes scanned to find out what a text costs. */
    private static final int TRIAL_BYTES = 4096;

    /** The same for a single piece. */
    private static final int PIECE_TRIAL_BYTES = 1024;

    /** Pieces that are put together. */
    private static final int BEST_PIECES = 48;

    private static final int MOST_PARTS = 24;
    private static final int CHANGES = 600;

    /** Bytes scanned at a time when it is timed. */
    static final int TIMED_BYTES = 1 << 16;

    /** It is timed as often as this in any case. */
    private static final int FEWEST_RUNS = 10;

    private record Piece(byte[] bytes, double steps) {}

    /** Looks for it; takes some seconds for hundreds of patterns. */
    public static WorstText of(PatternSet patterns) {
        Dice dice = new Dice(SEED);
        TextScan scan = scan(patterns);
        List<Piece> pieces = new ArrayList<>();
        Specimens specimens = new Specimens(dice);
        for (int i = 0; i < patterns.size(); i++) {
            for (byte[] bytes : specimens.of(patterns.pattern(i))) {
                pieces.add(new Piece(bytes, steps(scan, bytes, PIECE_TRIAL_BYTES)));
            }
        }
        if (pieces.isEmpty()) {
            return new WorstText(new byte[1], 0);
        }
        pieces.sort(Comparator.comparingDouble(Piece::steps).reversed());
        List<Piece> best = pieces.subList(0, Math.min(BEST_PIECES, pieces.size()));
        return climb(scan, best, pieces, dice);
    }

    /** The text itself, of a length. */
    public byte[] text(int lengthBytes) {
        return repeated(unit, lengthBytes);
    }

    private static byte[] repeated(byte[] unit, int lengthBytes) {
        byte[] text = new byte[lengthBytes];
        for (int i = 0; i < lengthBytes; i++) {
            text[i] = unit[i % unit.length];
        }
        return text;
    }

    /**
     * How fast it is scanned: the best of some runs.
     *
     * @param nanoTime a clock that only moves forward, in nanoseconds
     * @param forNanos for how long it is tried
     * @return in millions of bytes a second
     */
    public double megabytesPerSecond(PatternSet patterns, LongSupplier nanoTime, long forNanos) {
        TextScan scan = scan(patterns);
        byte[] text = text(TIMED_BYTES);
        long least = Long.MAX_VALUE;
        long spent = 0;
        for (int i = 0; i < FEWEST_RUNS || spent < forNanos; i++) {
            long begin = nanoTime.getAsLong();
            scan.read(ByteBuffer.wrap(text));
            scan.end();
            long taken = nanoTime.getAsLong() - begin;
            least = Math.min(least, taken);
            spent += taken;
        }
        return TIMED_BYTES * 1e3 / Math.max(1, least);
    }

    private static WorstText climb(TextScan scan, List<Piece> best, List<Piece> all, Dice dice) {
        List<Piece> parts = new ArrayList<>(best.subList(0, 1));
        double steps = best.getFirst().steps;
        for (int i = 0; i < CHANGES; i++) {
            List<Piece> other = new ArrayList<>(parts);
            Piece piece =
                    i % 2 == 0
                            ? best.get(dice.below(best.size()))
                            : all.get(dice.below(all.size()));
            switch (dice.below(3)) {
                case 0 -> other.add(dice.below(other.size() + 1), piece);
                case 1 -> other.set(dice.below(other.size()), piece);
                default -> other.remove(dice.below(other.size()));
            }
            if (!other.isEmpty() && other.size() <= MOST_PARTS) {
                double changed = steps(scan, joined(other), TRIAL_BYTES);
                if (changed >= steps) {
                    parts = other;
                    steps = changed;
                }
            }
        }
        return new WorstText(joined(parts), steps);
    }

    private static byte[] joined(List<Piece> parts) {
        byte[] all = new byte[0];
        for (Piece part : parts) {
            int length = all.length;
            all = Arrays.copyOf(all, length + part.bytes.length);
            System.arraycopy(part.bytes, 0, all, length, part.bytes.length);
        }
        return all;
    }

    private static double steps(TextScan scan, byte[] unit, int trialBytes) {
        // What the texts before woke is asked and reset for each text: thousands, for thousands of
        // patterns.
        scan.recycle();
        long before = scan.readBytes();
        scan.read(ByteBuffer.wrap(repeated(unit, trialBytes)));
        scan.end();
        return (scan.readBytes() - before) / (double) trialBytes;
    }

    private static TextScan scan(PatternSet patterns) {
        boolean[] isWanted = new boolean[patterns.size()];
        Arrays.fill(isWanted, true);
        return new TextScan(patterns, isWanted, new Deaf());
    }

    private static final class Deaf implements MatchSink {
        @Override
        public boolean found(int pattern, long start, long end) {
            return false;
        }

        @Override
        public void ready(int pattern, long start, long end) {}

        @Override
        public void passed() {}
    }
}
