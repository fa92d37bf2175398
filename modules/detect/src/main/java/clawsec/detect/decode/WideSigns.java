package clawsec.detect.decode;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Looks at 64 bytes at a time. Two vectors hold what is known of 128 values, and one instruction
 * looks up the lower seven bits of 64 bytes in them. A byte beyond ASCII looks like one of ASCII in
 * a sign, which costs a closer look and no more. Needs AVX-512 VBMI to be fast.
 *
 * <p>Two short methods and no further ones, since the compiler gives up on a longer one.
 */
final class WideSigns implements SignSearch {
    private static final VectorSpecies<Byte> SPECIES = ByteVector.SPECIES_512;
    private static final int VALUES = 128;
    private static final int CLASSES = 2 * SignTables.POSITIONS;

    /**
     * By value of seven bits: the signs of escapes that a byte allows, position by position, then
     * those of a shell and of pairs, then the classes.
     */
    private final byte[] tables = new byte[(CLASSES + 1) * VALUES];

    /** Whether the machine has vectors of this size. */
    static boolean suits() {
        return ByteVector.SPECIES_PREFERRED.length() >= SPECIES.length();
    }

    WideSigns() {
        for (int value = 0; value < 256; value++) {
            for (int position = 0; position < SignTables.POSITIONS; position++) {
                long signs = SignTables.allowed(value) >>> (position * SignTables.KINDS);
                int low = position * VALUES + value % VALUES;
                tables[low] |= (byte) signs;
                tables[low + SignTables.POSITIONS * VALUES] |= (byte) (signs >>> 8);
            }
            tables[CLASSES * VALUES + value % VALUES] |= SignTables.classes(value);
        }
    }

    @Override
    public void mark(byte[] text, int from, int blocks, long[] words, int index) {
        markEscapes(text, from, blocks, words, index);
        markOthers(text, from, blocks, words, index);
    }

    /** Signs of escapes, and classes. */
    private void markEscapes(byte[] text, int from, int blocks, long[] words, int index) {
        ByteVector low0 = table(0, 0);
        ByteVector high0 = table(0, 1);
        ByteVector low1 = table(1, 0);
        ByteVector high1 = table(1, 1);
        ByteVector low2 = table(2, 0);
        ByteVector high2 = table(2, 1);
        ByteVector lowClasses = table(CLASSES, 0);
        ByteVector highClasses = table(CLASSES, 1);
        ByteVector foreignBit = ByteVector.broadcast(SPECIES, (byte) SignTables.FOREIGN);
        ByteVector memberBit = ByteVector.broadcast(SPECIES, (byte) SignTables.MEMBER);
        ByteVector binaryBit = ByteVector.broadcast(SPECIES, (byte) SignTables.BINARY);
        for (int i = 0; i < blocks; i++) {
            int at = from + i * BLOCK_BYTES;
            int word = index + i * WORDS;
            ByteVector byte0 = ByteVector.fromArray(SPECIES, text, at);
            ByteVector byte1 = ByteVector.fromArray(SPECIES, text, at + 1);
            ByteVector byte2 = ByteVector.fromArray(SPECIES, text, at + 2);
            ByteVector signs =
                    byte0.selectFrom(low0, high0)
                            .and(byte1.selectFrom(low1, high1))
                            .and(byte2.selectFrom(low2, high2));
            ByteVector classes = byte0.selectFrom(lowClasses, highClasses);
            long isForeign = byte0.compare(VectorOperators.LT, (byte) 0).toLong();
            long marked = signs.compare(VectorOperators.NE, (byte) 0).toLong();
            long foreign = classes.and(foreignBit).compare(VectorOperators.NE, (byte) 0).toLong();
            long member = classes.and(memberBit).compare(VectorOperators.NE, (byte) 0).toLong();
            long binary = classes.and(binaryBit).compare(VectorOperators.NE, (byte) 0).toLong();
            words[word + ESCAPES] = marked & ~isForeign | foreign & isForeign;
            words[word + MEMBERS] = member & ~isForeign;
            words[word + BINARY] = binary & ~isForeign;
        }
    }

    private void markOthers(byte[] text, int from, int blocks, long[] words, int index) {
        ByteVector low0 = table(4, 0);
        ByteVector high0 = table(4, 1);
        ByteVector low1 = table(5, 0);
        ByteVector high1 = table(5, 1);
        ByteVector low2 = table(6, 0);
        ByteVector high2 = table(6, 1);
        ByteVector low3 = table(7, 0);
        ByteVector high3 = table(7, 1);
        ByteVector shellBits = ByteVector.broadcast(SPECIES, (byte) (SignTables.SHELL >>> 8));
        ByteVector dumpBit = ByteVector.broadcast(SPECIES, (byte) (SignTables.DUMP >>> 8));
        for (int i = 0; i < blocks; i++) {
            int at = from + i * BLOCK_BYTES;
            int word = index + i * WORDS;
            ByteVector byte0 = ByteVector.fromArray(SPECIES, text, at);
            ByteVector byte1 = ByteVector.fromArray(SPECIES, text, at + 1);
            ByteVector byte2 = ByteVector.fromArray(SPECIES, text, at + 2);
            ByteVector byte3 = ByteVector.fromArray(SPECIES, text, at + 3);
            ByteVector signs =
                    byte0.selectFrom(low0, high0)
                            .and(byte1.selectFrom(low1, high1))
                            .and(byte2.selectFrom(low2, high2))
                            .and(byte3.selectFrom(low3, high3));
            long ascii = byte1.compare(VectorOperators.GE, (byte) 0).toLong();
            long shell = signs.and(shellBits).compare(VectorOperators.NE, (byte) 0).toLong();
            long dumps = signs.and(dumpBit).compare(VectorOperators.NE, (byte) 0).toLong();
            long pairs = signs.compare(VectorOperators.LT, (byte) 0).toLong();
            words[word + SHELL] = shell & ascii;
            words[word + DUMPS] = dumps & ascii;
            words[word + PAIRS] = pairs & ascii;
        }
    }

    private ByteVector table(int table, int half) {
        return ByteVector.fromArray(SPECIES, tables, (2 * table + half) * BLOCK_BYTES);
    }
}
