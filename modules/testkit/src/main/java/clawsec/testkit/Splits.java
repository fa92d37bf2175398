package clawsec.testkit;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The same input cut in every way a decoder has to bear: whole, byte by byte, and in two at every
 * offset (the empty ends included).
 */
public final class Splits {
    private Splits() {}

    /**
     * All cuts of {@code input}, {@code input.length + 3} of them; each is a list of fresh
     * read-only buffers that share nothing a decoder could spoil for the next one.
     */
    public static Stream<List<ByteBuffer>> of(byte[] input) {
        byte[] copy = input.clone();
        Stream<List<ByteBuffer>> inTwo =
                IntStream.rangeClosed(0, copy.length)
                        .mapToObj(at ->
                                List.of(slice(copy, 0, at), slice(copy, at, copy.length - at)));
        return Stream.concat(
                Stream.of(List.of(slice(copy, 0, copy.length)), byteByByte(copy)), inTwo);
    }

    private static List<ByteBuffer> byteByByte(byte[] input) {
        List<ByteBuffer> pieces = new ArrayList<>(input.length);
        for (int at = 0; at < input.length; at++) {
            pieces.add(slice(input, at, 1));
        }
        return pieces;
    }

    private static ByteBuffer slice(byte[] input, int offset, int length) {
        return ByteBuffer.wrap(input, offset, length).slice().asReadOnlyBuffer();
    }
}
