package clawsec.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class SplitsTest {
    @Test
    void of_anyInput_cutsEverywhereAndLosesNothing() {
        byte[] input = {1, 2, 3};
        List<List<Integer>> sizes =
                Splits.of(input)
                        .map(cut -> cut.stream().map(ByteBuffer::remaining).toList())
                        .toList();
        assertEquals(
                List.of(
                        List.of(3),
                        List.of(1, 1, 1),
                        List.of(0, 3),
                        List.of(1, 2),
                        List.of(2, 1),
                        List.of(3, 0)),
                sizes);
        Splits.of(input).forEach(cut -> assertArrayEquals(input, joined(cut)));
    }

    @Test
    void of_emptyInput_isThreeEmptyCuts() {
        assertEquals(3, Splits.of(new byte[0]).count());
    }

    private static byte[] joined(List<ByteBuffer> cut) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (ByteBuffer piece : cut) {
            while (piece.hasRemaining()) {
                all.write(piece.get());
            }
        }
        return all.toByteArray();
    }
}
