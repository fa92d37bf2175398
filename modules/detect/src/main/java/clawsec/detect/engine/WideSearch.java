package clawsec.detect.engine;

import clawsec.detect.expression.Literal;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Looks at 64 bytes at a time. Two vectors hold what is known of 128 values, and one instruction
 * looks up 64 bytes in them: first the lower seven bits of each byte, then, where words such as
 * "token" and "cookie" in one bucket would let "tokie" pass, hashes of three bytes in a row. Needs
 * AVX-512 VBMI to be fast.
 *
 * <p>Two short methods and no further ones, since the compiler gives up on a longer one and then
 * allocates a vector at every step.
 */
final class WideSearch extends BlockSearch {
    private static final VectorSpecies<Byte> SPECIES = ByteVector.SPECIES_512;
    private static final int VALUES = 128;
    private static final int GROUPS = Buckets.COUNT / 8;

    /** Makes letters of both cases the same. */
    private static final int FOLD = 0x20;

    /** By group of eight buckets, position, and value of seven bits: a bit for each bucket. */
    private final byte[] tables = new byte[GROUPS * Buckets.POSITIONS * VALUES];

    /** By group, and hash of the first or of the last three bytes: a bit for each bucket. */
    private final byte[] hashes = new byte[GROUPS * 2 * VALUES];

    /** Whether the machine has vectors of this size. */
    static boolean suits() {
        return ByteVector.SPECIES_PREFERRED.length() >= SPECIES.length();
    }

    WideSearch(Buckets buckets, CandidateSearch twin) {
        super(twin);
        for (int table = 0; table < GROUPS * Buckets.POSITIONS; table++) {
            int shift = shift(table);
            for (int value = 0; value < 256; value++) {
                tables[table * VALUES + value % VALUES] |=
                        (byte) (buckets.allowed(value) >>> shift);
            }
        }
        for (int bucket = 0; bucket < Buckets.COUNT; bucket++) {
            for (Literal literal : buckets.members(bucket)) {
                addHashes(literal.text(), bucket);
            }
        }
    }

    private void addHashes(String text, int bucket) {
        int group = bucket / 8 * 2 * VALUES;
        byte bit = (byte) (1 << (bucket % 8));
        int at = text.length() - Buckets.POSITIONS;
        for (int value = 0; value < VALUES; value++) {
            // A literal of three bytes may follow any byte, which hashes to anything.
            if (at < 0 || value == hash(text, at)) {
                hashes[group + value] |= bit;
            }
        }
        hashes[group + VALUES + hash(text, at + 1)] |= bit;
    }

    private static int hash(String text, int at) {
        int first = text.charAt(at) | FOLD;
        int second = text.charAt(at + 1) | FOLD;
        int third = text.charAt(at + 2) | FOLD;
        return (first + 3 * (second + 3 * third)) % VALUES;
    }

    @Override
    void markBlocks(byte[] text, int from, int count, int word, Scratch scratch) {
        fitBytes(text, from, count, scratch.fits);
        fitHashes(text, from, count, scratch.fits, scratch.marks, word);
    }

    /**
     * Looks up single bytes.
     *
     * @param fits takes, for each block, the buckets that may fit for each byte: 64 of the first
     *     group, then 64 of the second
     */
    private void fitBytes(byte[] text, int from, int count, byte[] fits) {
        ByteVector low0 = table(tables, 0);
        ByteVector high0 = table(tables, 1);
        ByteVector low1 = table(tables, 2);
        ByteVector high1 = table(tables, 3);
        ByteVector low2 = table(tables, 4);
        ByteVector high2 = table(tables, 5);
        ByteVector low3 = table(tables, 6);
        ByteVector high3 = table(tables, 7);
        ByteVector low4 = table(tables, 8);
        ByteVector high4 = table(tables, 9);
        ByteVector low5 = table(tables, 10);
        ByteVector high5 = table(tables, 11);
        ByteVector low6 = table(tables, 12);
        ByteVector high6 = table(tables, 13);
        ByteVector low7 = table(tables, 14);
        ByteVector high7 = table(tables, 15);
        for (int i = 0; i < count; i++) {
            int at = from + i * BLOCK;
            ByteVector byte0 = ByteVector.fromArray(SPECIES, text, at - 3);
            ByteVector byte1 = ByteVector.fromArray(SPECIES, text, at - 2);
            ByteVector byte2 = ByteVector.fromArray(SPECIES, text, at - 1);
            ByteVector byte3 = ByteVector.fromArray(SPECIES, text, at);
            byte0.selectFrom(low0, high0)
                    .and(byte1.selectFrom(low1, high1))
                    .and(byte2.selectFrom(low2, high2))
                    .and(byte3.selectFrom(low3, high3))
                    .intoArray(fits, 2 * i * BLOCK);
            byte0.selectFrom(low4, high4)
                    .and(byte1.selectFrom(low5, high5))
                    .and(byte2.selectFrom(low6, high6))
                    .and(byte3.selectFrom(low7, high7))
                    .intoArray(fits, (2 * i + 1) * BLOCK);
        }
    }

    /** Looks up hashes; what fits both is marked. */
    private void fitHashes(byte[] text, int from, int count, byte[] fits, long[] marks, int word) {
        ByteVector low0 = table(hashes, 0);
        ByteVector high0 = table(hashes, 1);
        ByteVector low1 = table(hashes, 2);
        ByteVector high1 = table(hashes, 3);
        ByteVector low2 = table(hashes, 4);
        ByteVector high2 = table(hashes, 5);
        ByteVector low3 = table(hashes, 6);
        ByteVector high3 = table(hashes, 7);
        ByteVector fold = ByteVector.broadcast(SPECIES, (byte) FOLD);
        for (int i = 0; i < count; i++) {
            int at = from + i * BLOCK;
            ByteVector byte0 = ByteVector.fromArray(SPECIES, text, at - 3).or(fold);
            ByteVector byte1 = ByteVector.fromArray(SPECIES, text, at - 2).or(fold);
            ByteVector byte2 = ByteVector.fromArray(SPECIES, text, at - 1).or(fold);
            ByteVector byte3 = ByteVector.fromArray(SPECIES, text, at).or(fold);
            ByteVector lower = byte2.add(byte2).add(byte2).add(byte1);
            ByteVector upper = byte3.add(byte3).add(byte3).add(byte2);
            ByteVector hash0 = lower.add(lower).add(lower).add(byte0);
            ByteVector hash1 = upper.add(upper).add(upper).add(byte1);
            ByteVector first =
                    ByteVector.fromArray(SPECIES, fits, 2 * i * BLOCK)
                            .and(hash0.selectFrom(low0, high0))
                            .and(hash1.selectFrom(low1, high1));
            ByteVector second =
                    ByteVector.fromArray(SPECIES, fits, (2 * i + 1) * BLOCK)
                            .and(hash0.selectFrom(low2, high2))
                            .and(hash1.selectFrom(low3, high3));
            marks[word + i] = first.or(second).compare(VectorOperators.NE, (byte) 0).toLong();
        }
    }

    private static ByteVector table(byte[] tables, int half) {
        return ByteVector.fromArray(SPECIES, tables, half * BLOCK);
    }
}
