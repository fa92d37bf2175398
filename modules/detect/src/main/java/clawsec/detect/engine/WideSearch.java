package clawsec.detect.engine;

import clawsec.detect.expression.Literal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Looks at 64 bytes at a time. Two vectors hold a byte for each of 128 values, and one instruction
 * looks 64 of them up. Literals are shared out among buckets, a bit each in such a byte: those that
 * end alike together, so that their last bytes tell a bucket from most texts. What else is looked
 * up are hashes of the last three and four bytes, since words such as "token" and "cookie" in one
 * bucket would let "tokie" pass by single bytes. Needs AVX-512 VBMI to be fast.
 *
 * <p>Short methods over a piece of text each, since the compiler gives up on a longer one and then
 * allocates a vector at every step.
 *
 * <p>Source: the grouping for shuffles is Teddy's, in Hyperscan (X. Wang et al., NSDI 2019).
 */
final class WideSearch extends BlockSearch {
    private static final VectorSpecies<Byte> SPECIES = ByteVector.SPECIES_512;
    private static final int VALUES = 128;

    /** Buckets whose bits share a byte. */
    private static final int GROUP = Byte.SIZE;

    /** Literals of a group; with more, more places are looked at in vain. */
    private static final int GROUP_LITERALS = 580;

    /** The same of three bytes, of which less can be looked up. */
    private static final int GROUP_SHORTS = 320;

    /** Tables of a group. */
    private static final int LOOKUPS = 6;

    private static final int SHORT_LOOKUPS = 4;

    /** Makes letters of both cases the same. */
    private static final int FOLD = 0x20;

    /** By group, its tables: of literals of ASCII, of others, and of three bytes. */
    private final List<byte[]> groups;

    private final List<byte[]> highGroups;
    private final List<byte[]> shortGroups;

    /** Whether the machine has vectors of this size. */
    static boolean suits() {
        return ByteVector.SPECIES_PREFERRED.length() >= SPECIES.length();
    }

    WideSearch(Collection<Literal> literals, CandidateSearch twin) {
        super(twin);
        List<Literal> ascii = new ArrayList<>();
        List<Literal> high = new ArrayList<>();
        List<Literal> shorts = new ArrayList<>();
        for (Literal literal : literals) {
            boolean isAscii = lastBytes(literal).chars().allMatch(c -> c < VALUES);
            (Anchors.isThree(literal) ? shorts : isAscii ? ascii : high).add(literal);
        }
        groups = groups(ascii, GROUP_LITERALS, LOOKUPS);
        highGroups = groups(high, GROUP_LITERALS, LOOKUPS);
        shortGroups = groups(shorts, GROUP_SHORTS, SHORT_LOOKUPS);
    }

    private static String lastBytes(Literal literal) {
        return literal.text().substring(Math.max(0, literal.length() - LOOK_BACK - 1));
    }

    private static List<byte[]> groups(List<Literal> literals, int most, int lookups) {
        literals.sort(Comparator.comparing(WideSearch::backwards));
        int count = (literals.size() + most - 1) / most;
        List<byte[]> groups = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            groups.add(new byte[lookups * VALUES]);
        }
        for (int i = 0; i < literals.size(); i++) {
            int bucket = (int) ((long) i * count * GROUP / literals.size());
            Literal literal = literals.get(i);
            int variants = 1 << LOOK_BACK + 1;
            for (int cases = 0; cases < variants; cases++) {
                enter(groups.get(bucket / GROUP), bucket % GROUP, literal, cases);
            }
        }
        return groups;
    }

    private static String backwards(Literal literal) {
        String folded = literal.text().toLowerCase(Locale.ROOT);
        return new StringBuilder(folded).reverse().toString();
    }

    /** Sets a bucket's bit for a literal, of which each letter may be in the other case. */
    private static void enter(byte[] tables, int bucket, Literal literal, int cases) {
        int[] last = new int[LOOK_BACK + 1];
        for (int i = 0; i < last.length; i++) {
            int index = literal.length() - last.length + i;
            last[i] = index < 0 ? 0 : literal.text().charAt(index);
            last[i] ^= index < 0 || (cases >>> i & 1) == 0 ? 0 : literal.fold(index);
        }
        int x0 = last[0] | FOLD;
        int x1 = last[1] | FOLD;
        int x2 = last[2] | FOLD;
        int x3 = last[3] | FOLD;
        int lower = x0 + 3 * x1;
        int upper = x2 + 3 * x3;
        int three = x1 + 3 * upper;
        int[] values =
                Anchors.isThree(literal)
                        ? new int[] {last[3], last[2], three, last[1]}
                        : new int[] {
                            last[3],
                            last[2],
                            three,
                            upper + 5 * lower,
                            (2 * upper + lower) ^ (x0 + x2),
                            (lower + 2 * x2) ^ (x3 + 3 * x2)
                        };
        for (int i = 0; i < values.length; i++) {
            tables[i * VALUES + values[i] % VALUES] |= (byte) (1 << bucket);
        }
    }

    @Override
    void markBlocks(byte[] text, int from, int count, int word, Scratch scratch) {
        hash(text, from, count, scratch);
        for (int i = 0; i < count; i++) {
            scratch.marks[word + i] = 0;
        }
        for (int i = 0; i < groups.size(); i++) {
            fit(groups.get(i), text, from, 0, count, word, scratch);
        }
        int end = 0;
        while (end < count) {
            int first = end;
            while (end < count && scratch.foreign[end] == scratch.foreign[first]) {
                end++;
            }
            for (int i = 0; scratch.foreign[first] && i < highGroups.size(); i++) {
                fit(highGroups.get(i), text, from, first, end, word, scratch);
            }
        }
        for (int i = 0; i < shortGroups.size(); i++) {
            fitShort(shortGroups.get(i), text, from, count, word, scratch);
        }
    }

    /** Works out the hashes at each place, and in which blocks not all bytes are ASCII. */
    private static void hash(byte[] text, int from, int count, Scratch scratch) {
        ByteVector fold = ByteVector.broadcast(SPECIES, (byte) FOLD);
        for (int i = 0; i < count; i++) {
            int at = from + i * BLOCK;
            ByteVector byte0 = ByteVector.fromArray(SPECIES, text, at - 3);
            ByteVector byte3 = ByteVector.fromArray(SPECIES, text, at);
            scratch.foreign[i] = byte0.or(byte3).compare(VectorOperators.LT, (byte) 0).anyTrue();
            ByteVector x0 = byte0.or(fold);
            ByteVector x1 = ByteVector.fromArray(SPECIES, text, at - 2).or(fold);
            ByteVector x2 = ByteVector.fromArray(SPECIES, text, at - 1).or(fold);
            ByteVector x3 = byte3.or(fold);
            ByteVector twice2 = x2.add(x2);
            ByteVector lower = x1.add(x1).add(x1).add(x0);
            ByteVector upper = x3.add(x3).add(x3).add(x2);
            ByteVector twiceLower = lower.add(lower);
            ByteVector twiceUpper = upper.add(upper);
            twiceUpper.add(upper).add(x1).intoArray(scratch.threes, i * BLOCK);
            twiceLower.add(twiceLower).add(lower).add(upper).intoArray(scratch.fours, i * BLOCK);
            twiceUpper
                    .add(lower)
                    .lanewise(VectorOperators.XOR, x0.add(x2))
                    .intoArray(scratch.otherFours, i * BLOCK);
            lower.add(twice2)
                    .lanewise(VectorOperators.XOR, x3.add(twice2).add(x2))
                    .intoArray(scratch.moreFours, i * BLOCK);
        }
    }

    /** Marks where a bucket of the group fits in all tables, from one block to another. */
    private static void fit(
            byte[] tables, byte[] text, int from, int first, int end, int word, Scratch scratch) {
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
        for (int i = first; i < end; i++) {
            int at = i * BLOCK;
            ByteVector last = ByteVector.fromArray(SPECIES, text, from + at);
            ByteVector before = ByteVector.fromArray(SPECIES, text, from + at - 1);
            ByteVector three = ByteVector.fromArray(SPECIES, scratch.threes, at);
            ByteVector four = ByteVector.fromArray(SPECIES, scratch.fours, at);
            ByteVector other = ByteVector.fromArray(SPECIES, scratch.otherFours, at);
            ByteVector more = ByteVector.fromArray(SPECIES, scratch.moreFours, at);
            ByteVector fits =
                    last.selectFrom(low0, high0)
                            .and(before.selectFrom(low1, high1))
                            .and(three.selectFrom(low2, high2))
                            .and(four.selectFrom(low3, high3))
                            .and(other.selectFrom(low4, high4))
                            .and(more.selectFrom(low5, high5));
            scratch.marks[word + i] |= fits.compare(VectorOperators.NE, (byte) 0).toLong();
        }
    }

    /** The same for literals of three bytes. */
    private static void fitShort(
            byte[] tables, byte[] text, int from, int count, int word, Scratch scratch) {
        ByteVector low0 = table(tables, 0);
        ByteVector high0 = table(tables, 1);
        ByteVector low1 = table(tables, 2);
        ByteVector high1 = table(tables, 3);
        ByteVector low2 = table(tables, 4);
        ByteVector high2 = table(tables, 5);
        ByteVector low3 = table(tables, 6);
        ByteVector high3 = table(tables, 7);
        for (int i = 0; i < count; i++) {
            int at = from + i * BLOCK;
            ByteVector last = ByteVector.fromArray(SPECIES, text, at);
            ByteVector second = ByteVector.fromArray(SPECIES, text, at - 1);
            ByteVector first = ByteVector.fromArray(SPECIES, text, at - 2);
            ByteVector three = ByteVector.fromArray(SPECIES, scratch.threes, i * BLOCK);
            ByteVector fits =
                    last.selectFrom(low0, high0)
                            .and(second.selectFrom(low1, high1))
                            .and(three.selectFrom(low2, high2))
                            .and(first.selectFrom(low3, high3));
            scratch.marks[word + i] |= fits.compare(VectorOperators.NE, (byte) 0).toLong();
        }
    }

    private static ByteVector table(byte[] tables, int half) {
        return ByteVector.fromArray(SPECIES, tables, half * BLOCK);
    }
}
