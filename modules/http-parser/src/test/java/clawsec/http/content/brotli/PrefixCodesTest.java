package clawsec.http.content.brotli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class PrefixCodesTest {
    @Test
    void rfc7932_3_2_example_isDecoded() {
        int[] lengths = {3, 3, 3, 3, 3, 2, 4, 4};
        String[] codes = {"010", "011", "100", "101", "110", "00", "1110", "1111"};
        PrefixCodes table = table(lengths);
        for (int symbol = 0; symbol < codes.length; symbol++) {
            assertEquals(symbol, read(table, codes[symbol]));
        }
    }

    /** Any complete code, its leaves split at random: against codes counted up as in §3.2. */
    @Property(tries = 300)
    void read_anyCompleteCode_isTheSymbol(
            @ForAll @Size(max = 700) List<@IntRange(max = 10_000) Integer> splits) {
        List<Integer> leaves = new ArrayList<>(List.of(1, 1));
        for (int split : splits) {
            int at = split % leaves.size();
            int length = leaves.get(at) + 1;
            if (length <= PrefixCodes.MOST_CODE_BITS) {
                leaves.set(at, length);
                leaves.add(length);
            }
        }
        int[] lengths = leaves.stream().mapToInt(Integer::intValue).toArray();
        PrefixCodes table = table(lengths);
        int code = 0;
        for (int length = 1; length <= PrefixCodes.MOST_CODE_BITS; length++) {
            code <<= 1;
            for (int symbol = 0; symbol < lengths.length; symbol++) {
                if (lengths[symbol] == length) {
                    int bits = code++;
                    String text = binary(bits, length);
                    assertEquals(symbol, read(table, text));
                    assertEquals(PrefixCodes.STARVED, read(table, text.substring(0, length - 1)));
                }
            }
        }
    }

    private static String binary(int code, int length) {
        return IntStream.rangeClosed(1, length)
                .mapToObj(i -> "" + (code >> (length - i) & 1))
                .reduce("", String::concat);
    }

    private static PrefixCodes table(int[] lengths) {
        PrefixCodes table = new PrefixCodes();
        // another code before it, so that offsets count
        table.addSingle(1);
        short[] sorted = new short[lengths.length];
        int[] counts = new int[PrefixCodes.MOST_CODE_BITS + 1];
        int index = 0;
        for (int length = 1; length < counts.length; length++) {
            for (int symbol = 0; symbol < lengths.length; symbol++) {
                if (lengths[symbol] == length) {
                    sorted[index++] = (short) symbol;
                    counts[length]++;
                }
            }
        }
        table.add(sorted, counts);
        return table;
    }

    private static int read(PrefixCodes table, String code) {
        BitInput in = new BitInput();
        for (int i = 0; i < code.length(); i++) {
            in.bits |= (long) (code.charAt(i) - '0') << i;
        }
        in.count = code.length();
        int symbol = table.read(1, in);
        assertEquals(symbol == PrefixCodes.STARVED ? code.length() : 0, in.count);
        return symbol;
    }
}
