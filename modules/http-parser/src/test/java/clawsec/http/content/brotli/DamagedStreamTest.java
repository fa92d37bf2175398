package clawsec.http.content.brotli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import clawsec.http.content.brotli.BrotliDecoder.Outcome;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Whatever the bytes are: no exception, no endless loop, and the same however they are cut. */
class DamagedStreamTest {
    @Property(tries = 2000)
    void anyBytes_endWell(
            @ForAll @Size(max = 300) byte[] noise, @ForAll @IntRange(min = 1, max = 9) int size) {
        assertSameInPieces(noise, size);
    }

    @Property(tries = 2000)
    void damagedBytes_endWell(
            @ForAll("streams") byte[] stream,
            @ForAll @Size(min = 1, max = 4) List<@IntRange(max = 1 << 20) Integer> places,
            @ForAll @IntRange(min = 1, max = 255) int change,
            @ForAll @IntRange(min = 1, max = 9) int size) {
        byte[] damaged = stream.clone();
        for (int place : places) {
            // most of what can break stands near the beginning, so half of the places are there
            int range = place % 2 == 0 ? damaged.length : Math.min(damaged.length, 64);
            damaged[place / 2 % range] ^= (byte) change;
        }
        assertSameInPieces(damaged, size);
    }

    @Property(tries = 500)
    void bytesOfTwoStreams_endWell(
            @ForAll("streams") byte[] first,
            @ForAll("streams") byte[] second,
            @ForAll @IntRange(max = 1 << 20) int cut) {
        byte[] joined = Arrays.copyOf(first, first.length + second.length);
        int at = cut % first.length;
        System.arraycopy(second, 0, joined, at, second.length);
        assertSameInPieces(joined, 1 + cut % 9);
    }

    @Provide
    Arbitrary<byte[]> streams() {
        return Arbitraries.of(
                        "prose.txt.q1-w22.br",
                        "prose.txt.q5-w22.br",
                        "prose.txt.q11-w22.br",
                        "prose.txt.q9-w10.br",
                        "samples.bin.p2-d28.br",
                        "mixed.bin.q11-w24.br",
                        "mixed.bin.q10-w10.br",
                        "words.bin.made.br",
                        "metadata.txt.q5.br")
                .map(VectorsTest::bytes);
    }

    private static void assertSameInPieces(byte[] input, int size) {
        Run run = Run.of(input);
        assertEquals(run, Run.ofPieces(input, size));
        assertEquals(run.outcome() == Outcome.BROKEN, run.fault().isPresent());
        assertTrue(run.outcome() != Outcome.NEEDS_INPUT || run.unread() == 0);
    }
}
