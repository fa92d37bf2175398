package clawsec.http.content.brotli;

import static clawsec.http.content.brotli.Bits.COPY_2;
import static clawsec.http.content.brotli.Bits.COPY_4;
import static clawsec.http.content.brotli.Bits.INSERT_1_COPY_2;
import static clawsec.http.content.brotli.Bits.INSERT_5_COPY_2;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import clawsec.http.content.brotli.BrotliDecoder.Outcome;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each rule broken by a stream made for it, and kept by one that differs as little as can be. */
class FaultTest {
    @ParameterizedTest
    @EnumSource(Fault.class)
    void rule_broken_isTheFault(Fault fault) {
        Run run = Run.ofAllSplits(stream(fault, true).whole());
        assertEquals(Optional.of(fault), run.fault());
        assertEquals(Outcome.BROKEN, run.outcome());
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void rule_kept_isNoFault(Fault fault) {
        Run run = Run.ofAllSplits(stream(fault, false).whole());
        assertEquals(Optional.empty(), run.fault());
        assertNotEquals(Outcome.BROKEN, run.outcome());
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void rule_namesItsSection(Fault fault) {
        assertTrue(fault.rule().matches("§\\d.*: .*"), fault::rule);
    }

    private static Bits stream(Fault fault, boolean isBroken) {
        Bits stream = Bits.stream();
        return switch (fault) {
            case LARGE_WINDOW -> new Bits().put(isBroken ? 0b0010001 : 0b0100001, 7).put(3, 2);
            case SYMBOL_BEYOND_ALPHABET ->
                    stream.compressed(1).single('x', 8).single(isBroken ? 704 : 703, 10);
            case SYMBOL_TWICE ->
                    stream.compressed(1).put(1, 2).put(1, 2).put(isBroken ? "aa" : "ab");
            // all the lengths are zero, or all but that of symbol 16
            case CODE_LENGTH_CODE -> isBroken ? lengthCode(stream, 0) : lengthCode(stream, 1);
            // code lengths 1 and 2 have codes 0 and 1: lengths 1, 2, 1 are too many, 1, 2, 2 fit
            case CODE_LENGTHS ->
                    stream.compressed(1)
                            .put(0, 2)
                            .put(0b0111_0111, 8)
                            .put(isBroken ? 0b010 : 0b110, 3);
            // length 8 for 5, 17, 65, and then 257 or 256 symbols
            case CODE_LENGTHS_BEYOND_ALPHABET ->
                    lengthCode(stream, 1).put(0b101010, 6).put(isBroken ? 2 : 1, 2);
            // 4 - 3, and then 1 - 1 or 1 + 1
            case DISTANCE_NOT_POSITIVE ->
                    stream.uncompressed("abcd")
                            .compressed(4, 'x', COPY_4, 8)
                            .compressed(4, 'x', COPY_4, isBroken ? 4 : 5);
            // two trees, runs of up to 6 bits, and the code of a single symbol: 64 zeros and more
            case CONTEXT_MAP_OVERRUN ->
                    stream.put(0, 20)
                            .put(0, 3 + 6 + 2)
                            .put(0b0001, 4)
                            .put(0b01011, 5)
                            .single(6, 3)
                            .put(isBroken ? 1 : 0, 6);
            // before the first byte the last distance, 4, is beyond all bytes
            case NO_SUCH_WORD -> stream.compressed(4, 'x', isBroken ? COPY_2 : COPY_4, 0);
            case NO_SUCH_TRANSFORM ->
                    isBroken ? stream.word(121 << 10, 7) : stream.word((121 << 10) - 1, 7);
            case LENGTH_NIBBLES -> stream.put(0, 1).put(1, 2).put(isBroken ? 0xffff : 0x10000, 20);
            case RESERVED_BIT -> stream.put(0, 1).put(3, 2).put(isBroken ? 1 : 0, 1);
            case SKIP_BYTES ->
                    stream.put(0, 1).put(3, 2).put(0, 1).put(2, 2).put(isBroken ? 0xff : 0x100, 16);
            case FILL_BITS -> stream.put(0, 19).put(1, 1).put(isBroken ? 0b100 : 0, 3).put("a");
            case LAST_FILL_BITS -> stream.put(3, 2).put(isBroken ? 0b10000 : 0, 5);
            case INSERT_BEYOND_LENGTH ->
                    stream.compressed(isBroken ? 4 : 5, 'x', INSERT_5_COPY_2, 0);
            case COPY_BEYOND_LENGTH ->
                    stream.compressed(isBroken ? 2 : 3, 'x', INSERT_1_COPY_2, 16).put(0, 1);
            case WORD_BEYOND_LENGTH -> stream.word(0, isBroken ? 3 : 4);
        };
    }

    /** A literal code whose lengths are in a code where no length or only the repeat has one. */
    private static Bits lengthCode(Bits stream, int repeat) {
        return stream.compressed(1).put(0, 2).put(0, 2 * 8).put(repeat, 2).put(0, 2 * 9);
    }
}
