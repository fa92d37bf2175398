package clawsec.fuzz;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The same input in one piece and in several, for what must not depend on it. */
final class Cuts {
    private Cuts() {}

    /** Throws unless the input gives the same whole, byte by byte, and cut as its bytes say. */
    static <T> T sameHoweverCut(byte[] input, int from, Function<List<ByteBuffer>, T> reading) {
        T whole = reading.apply(pieces(input, from, Integer.MAX_VALUE));
        check(whole, reading.apply(pieces(input, from, 1)), "byte by byte");
        int most = 1 + Math.floorMod(hash(input), 64);
        check(whole, reading.apply(pieces(input, from, most)), "in pieces of " + most);
        return whole;
    }

    private static void check(Object whole, Object cut, String how) {
        if (!whole.equals(cut)) {
            throw new IllegalStateException("whole: " + whole + "\n" + how + ": " + cut);
        }
    }

    private static int hash(byte[] input) {
        int hash = 7;
        for (byte b : input) {
            hash = hash * 31 + b;
        }
        return hash;
    }

    /** Fresh buffers, so that nothing reads what is not there yet; every second is read-only. */
    private static List<ByteBuffer> pieces(byte[] input, int from, int pieceBytes) {
        List<ByteBuffer> pieces = new ArrayList<>();
        for (int at = from; at < input.length; ) {
            int count = Math.min(pieceBytes, input.length - at);
            ByteBuffer piece = ByteBuffer.allocate(count + 1);
            piece.position(1).put(input, at, count).position(1);
            pieces.add(pieces.size() % 2 == 0 ? piece : piece.asReadOnlyBuffer());
            at += count;
        }
        return pieces;
    }
}
