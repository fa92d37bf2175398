package clawsec.detect.engine;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Looks at 16 or 32 bytes at a time. Each half of a byte is looked up in a table of 16, so that
 * more bytes seem to fit than do. Needs SSSE3, AVX2 or NEON to be fast.
 */
final class NibbleSearch extends BlockSearch {
    private static final VectorSpecies<Byte> SPECIES =
            ByteVector.SPECIES_PREFERRED.length() < 32
                    ? ByteVector.SPECIES_128
                    : ByteVector.SPECIES_256;

    private static final int LANES = SPECIES.length();
    private static final int LOW = 0x0f;

    /** By group of eight buckets, position and half of a byte: a bit for each bucket. */
    private final byte[] tables = new byte[Buckets.COUNT / 8 * Buckets.POSITIONS * 2 * LANES];

    NibbleSearch(Buckets buckets, CandidateSearch twin) {
        super(twin);
        for (int table = 0; table < Buckets.COUNT / 8 * Buckets.POSITIONS; table++) {
            for (int value = 0; value < 256; value++) {
                byte bits = (byte) (buckets.allowed(value) >>> shift(table));
                for (int lane = 0; lane < LANES; lane += 16) {
                    tables[2 * table * LANES + lane + (value & LOW)] |= bits;
                    tables[(2 * table + 1) * LANES + lane + (value >>> 4)] |= bits;
                }
            }
        }
    }

    @Override
    void markBlocks(byte[] text, int from, int count, int word, Scratch scratch) {
        for (int i = 0; i < count; i++) {
            long bits = 0;
            for (int lane = 0; lane < BLOCK; lane += LANES) {
                bits |= fits(text, from + i * BLOCK + lane) << lane;
            }
            scratch.marks[word + i] = bits;
        }
    }

    private long fits(byte[] text, int at) {
        ByteVector bytes0 = ByteVector.fromArray(SPECIES, text, at - 3);
        ByteVector bytes1 = ByteVector.fromArray(SPECIES, text, at - 2);
        ByteVector bytes2 = ByteVector.fromArray(SPECIES, text, at - 1);
        ByteVector bytes3 = ByteVector.fromArray(SPECIES, text, at);
        ByteVector low0 = bytes0.and((byte) LOW);
        ByteVector low1 = bytes1.and((byte) LOW);
        ByteVector low2 = bytes2.and((byte) LOW);
        ByteVector low3 = bytes3.and((byte) LOW);
        ByteVector high0 = bytes0.lanewise(VectorOperators.LSHR, 4);
        ByteVector high1 = bytes1.lanewise(VectorOperators.LSHR, 4);
        ByteVector high2 = bytes2.lanewise(VectorOperators.LSHR, 4);
        ByteVector high3 = bytes3.lanewise(VectorOperators.LSHR, 4);
        ByteVector first =
                low0.selectFrom(table(0))
                        .and(high0.selectFrom(table(1)))
                        .and(low1.selectFrom(table(2)))
                        .and(high1.selectFrom(table(3)))
                        .and(low2.selectFrom(table(4)))
                        .and(high2.selectFrom(table(5)))
                        .and(low3.selectFrom(table(6)))
                        .and(high3.selectFrom(table(7)));
        ByteVector second =
                low0.selectFrom(table(8))
                        .and(high0.selectFrom(table(9)))
                        .and(low1.selectFrom(table(10)))
                        .and(high1.selectFrom(table(11)))
                        .and(low2.selectFrom(table(12)))
                        .and(high2.selectFrom(table(13)))
                        .and(low3.selectFrom(table(14)))
                        .and(high3.selectFrom(table(15)));
        return first.or(second).compare(VectorOperators.NE, (byte) 0).toLong();
    }

    private ByteVector table(int number) {
        return ByteVector.fromArray(SPECIES, tables, number * LANES);
    }
}
