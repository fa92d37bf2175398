package clawsec.detect.engine;

import clawsec.detect.expression.Literal;
import clawsec.detect.expression.Rarity;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * Literals shared out among a few buckets. Of a bucket is known which bytes the last four of its
 * literals may be, position by position; a text in which four bytes in a row fit one bucket may
 * hold one of them. Literals are put together so that this is expected to happen seldom: each, the
 * most common first, into the bucket where it adds least.
 *
 * <p>Source: the grouping for shuffles is Teddy's, in Hyperscan (X. Wang et al., NSDI 2019).
 */
final class Buckets {
    static final int COUNT = 16;

    /** Bytes that are looked at, the last of a literal; of a shorter one the first may be any. */
    static final int POSITIONS = 4;

    private final double[][] shares = new double[COUNT][POSITIONS];
    private final double[] byteShares = new double[256];
    private final long[] allowed = new long[256];
    private final List<List<Literal>> members = new ArrayList<>();

    Buckets(Collection<Literal> literals) {
        for (int bucket = 0; bucket < COUNT; bucket++) {
            members.add(new ArrayList<>());
        }
        Arrays.setAll(byteShares, Rarity::ofByte);
        literals.stream()
                .sorted(Comparator.comparingDouble(Rarity::ofAnchor).reversed())
                .forEach(this::add);
    }

    private void add(Literal literal) {
        int bucket = cheapest(literal);
        members.get(bucket).add(literal);
        for (int position = 0; position < POSITIONS; position++) {
            shares[bucket][position] += added(literal, bucket, position);
            int index = index(literal, position);
            for (int value = 0; value < 256; value++) {
                if (index < 0 || literal.fits(index, value)) {
                    allowed[value] |= bit(bucket, position);
                }
            }
        }
    }

    /** A bucket's literals. */
    List<Literal> members(int bucket) {
        return members.get(bucket);
    }

    /**
     * Where a byte may stand: bit {@code COUNT * p + b} for position {@code p}, 0 the first, and
     * bucket {@code b}.
     */
    long allowed(int value) {
        return allowed[value];
    }

    /** The share of places in traffic that are expected to fit a bucket. */
    double expected() {
        double sum = 0;
        for (double[] each : shares) {
            sum += each[0] * each[1] * each[2] * each[3];
        }
        return sum;
    }

    private int cheapest(Literal literal) {
        int best = 0;
        double least = Double.MAX_VALUE;
        for (int bucket = 0; bucket < COUNT; bucket++) {
            double before = 1;
            double after = 1;
            for (int position = 0; position < POSITIONS; position++) {
                double share = shares[bucket][position];
                before *= share;
                after *= share + added(literal, bucket, position);
            }
            if (after - before < least) {
                least = after - before;
                best = bucket;
            }
        }
        return best;
    }

    /** By how much a literal increases what is allowed. */
    private double added(Literal literal, int bucket, int position) {
        int index = index(literal, position);
        if (index < 0) {
            return 1 - shares[bucket][position];
        }
        int value = literal.text().charAt(index);
        return added(value, bucket, position)
                + (literal.fold(index) == 0 ? 0 : added(value ^ 0x20, bucket, position));
    }

    private double added(int value, int bucket, int position) {
        boolean isAllowed = (allowed[value] & bit(bucket, position)) != 0;
        return isAllowed ? 0 : byteShares[value];
    }

    /** Where a literal's byte at a position is; negative when it may be any. */
    private static int index(Literal literal, int position) {
        return literal.length() - POSITIONS + position;
    }

    private static long bit(int bucket, int position) {
        return 1L << (position * COUNT + bucket);
    }
}
