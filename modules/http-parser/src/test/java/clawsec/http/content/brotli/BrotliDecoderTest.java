package clawsec.http.content.brotli;

import static clawsec.http.content.brotli.Bits.COPY_4;
import static clawsec.http.content.brotli.Bits.INSERT_1_COPY_2;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import clawsec.http.content.brotli.BrotliDecoder.Outcome;
import clawsec.testkit.AllocatedBytes;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BrotliDecoderTest {
    @Test
    void rfc7932_11_1_empty_isOneByte() {
        assertEquals(finished("", ""), Run.ofAllSplits(new byte[] {6}));
    }

    @Test
    void rfc7932_11_1_trivialCompressor_isDecoded() {
        byte[] stream = {12, 2 << 3, 0, 8, 'a', 'b', 'c', 3};
        assertEquals(finished("abc", ""), Run.ofAllSplits(stream));
    }

    @Test
    void rfc7932_9_3_copyLengthOfTheLastCommand_isIgnored() {
        byte[] stream = Bits.stream().compressed(1, 'x', INSERT_1_COPY_2, 0).end();
        assertEquals(finished("x", ""), Run.ofAllSplits(stream));
    }

    @Test
    void rfc7932_10_copyOverlapsWhatItWrites() {
        Bits bits = Bits.stream().uncompressed("abXY").compressed(4, 'x', COPY_4, 16);
        assertEquals(finished("abXYXYXY", ""), Run.ofAllSplits(bits.put(1, 1).end()));
    }

    @Test
    void rfc7932_8_distanceBeyondWhatThereIs_isAWord() {
        assertEquals(finished("time", ""), Run.ofAllSplits(Bits.stream().word(0, 4).end()));
        assertEquals(
                finished(" Time='", ""), Run.ofAllSplits(Bits.stream().word(120 << 10, 7).end()));
    }

    /** A word is not pushed, so the last distance stays 4: here that is the first letter. */
    @Test
    void rfc7932_4_distanceOfAWord_isNotRemembered() {
        Bits bits = Bits.stream().word(0, 4).compressed(4, 'x', COPY_4, 0);
        assertEquals(finished("timetime", ""), Run.ofAllSplits(bits.end()));
    }

    @Test
    void rfc7932_9_2_metadata_isHandedOver_andNoOutput() {
        byte[] stream = Bits.stream().metadata("one").uncompressed("ab").metadata("two").end();
        assertEquals(finished("ab", "one\ntwo\n"), Run.ofAllSplits(stream));
    }

    @Test
    void decode_bytesAfterTheEnd_areNotConsumed() {
        byte[] stream = Bits.stream().uncompressed("ab").put(3, 2).align().put("rest").whole();
        assertEquals(
                new Run(Outcome.FINISHED, Optional.empty(), "ab", "", 4), Run.ofAllSplits(stream));
    }

    @Test
    void decode_brokenStream_leavesTheNextByte() {
        byte[] stream = Bits.stream().uncompressed("ab").put(0b1110, 8).put("rest").whole();
        assertEquals(
                new Run(Outcome.BROKEN, Optional.of(Fault.RESERVED_BIT), "ab", "", 4),
                Run.ofAllSplits(stream));
    }

    @Test
    void decode_sinkThatWantsNoMore_endsIt() {
        AtomicLong pieces = new AtomicLong();
        byte[] stream = Bits.stream().uncompressed("ab").uncompressed("cd").end();
        BrotliDecoder decoder =
                new BrotliDecoder(bytes -> pieces.incrementAndGet() < 0, bytes -> {});
        assertEquals(Outcome.STOPPED, decoder.decode(ByteBuffer.wrap(stream, 0, 6)));
        assertEquals(Outcome.STOPPED, decoder.decode(ByteBuffer.wrap(stream, 6, 4)));
        assertEquals(1, pieces.get());
    }

    /** A copy of 16 MB in a few bytes: the sink is asked after every piece. */
    @Test
    void bomb_isStoppedWithinAPiece() {
        byte[] stream = bomb();
        AtomicLong output = new AtomicLong();
        BrotliDecoder decoder =
                new BrotliDecoder(
                        bytes -> {
                            assertTrue(bytes.remaining() <= Window.PIECE_BYTES);
                            return output.addAndGet(bytes.remaining()) < 100_000;
                        },
                        bytes -> {});
        assertEquals(Outcome.STOPPED, decoder.decode(ByteBuffer.wrap(stream)));
        assertTrue(output.get() < 100_000 + Window.PIECE_BYTES, () -> "output " + output);
    }

    @Test
    void bomb_isDecodedWhereItIsWanted() {
        AtomicLong output = new AtomicLong();
        BrotliDecoder decoder =
                new BrotliDecoder(
                        bytes -> {
                            while (bytes.hasRemaining()) {
                                assertEquals('x', bytes.get());
                                output.incrementAndGet();
                            }
                            return true;
                        },
                        bytes -> {});
        assertEquals(Outcome.FINISHED, decoder.decode(ByteBuffer.wrap(bomb())));
        assertEquals(1 << 24, output.get());
    }

    /** A window of 16 MB is asked for, and a few bytes come. */
    @Test
    void window_growsWithTheOutput() {
        byte[] stream = new Bits().put(0b1111, 4).uncompressed("ten bytes.").end();
        long bytes = allocatedBytes(stream);
        assertTrue(bytes < 20_000, () -> bytes + " bytes allocated");
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 12, 16, 18, 24})
    void window_longestDistance_isTheSizeLess16(int bits) {
        int reach = (1 << bits) - 16;
        Window window = new Window(bits, bytes -> true);
        assertEquals(0, window.reach());
        byte[] piece = new byte[1 << 10];
        for (int written = 0; written < 3 << bits; written += piece.length) {
            Arrays.fill(piece, (byte) (written >> 10));
            assertEquals(Math.min(written, reach), window.reach());
            assertTrue(window.write(piece, piece.length));
        }
        assertEquals(reach, window.reach());
        int from = (3 << bits) - reach;
        assertTrue(window.copy(reach, 1));
        assertEquals(from >> 10 & 0xff, window.last(1));
    }

    /** Each takes a byte and gives nothing, and takes no memory either. */
    @Test
    void emptyMetaBlocks_areSteppedOver() {
        Bits bits = Bits.stream();
        for (int i = 0; i < 100_000; i++) {
            bits.put(0, 1).put(3, 2).put(0, 3).align();
        }
        byte[] stream = bits.end();
        assertEquals(finished("", ""), Run.of(stream));
        long bytes = allocatedBytes(stream);
        assertTrue(bytes < 20_000, () -> bytes + " bytes allocated");
    }

    /** What a decoder takes once its classes are loaded. */
    private static long allocatedBytes(byte[] stream) {
        Runnable decode =
                () -> {
                    BrotliDecoder decoder = new BrotliDecoder(bytes -> true, bytes -> {});
                    assertEquals(Outcome.FINISHED, decoder.decode(ByteBuffer.wrap(stream)));
                };
        decode.run();
        return AllocatedBytes.during(decode);
    }

    /** One literal, and a copy of it over 2^24 - 1 bytes. */
    private static byte[] bomb() {
        // six nibbles of length; insert 1, and the last copy length code of 24 extra bits
        Bits bits = Bits.stream().put(0, 1).put(2, 2).put((1 << 24) - 1, 24).put(0, 1);
        bits.put(0, 3).put(0, 6).put(0, 4).single('x', 8).single(384 + 8 + 7, 10).single(16, 6);
        return bits.put((1 << 24) - 1 - 2118, 24).put(0, 1).end();
    }

    private static Run finished(String output, String metadata) {
        return new Run(Outcome.FINISHED, Optional.empty(), output, metadata, 0);
    }
}
