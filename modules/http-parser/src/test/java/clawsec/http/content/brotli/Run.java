package clawsec.http.content.brotli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import clawsec.http.content.brotli.BrotliDecoder.Outcome;
import clawsec.testkit.Splits;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a decoder made of an input.
 *
 * @param metadata blocks of metadata, one behind the other, each followed by a line feed
 * @param unread bytes at the end that were not consumed
 */
record Run(Outcome outcome, Optional<Fault> fault, String output, String metadata, int unread) {
    /** What no test gives out. */
    private static final int MOST_BYTES = 1 << 22;

    static Run of(byte[] input) {
        return of(List.of(ByteBuffer.wrap(input)));
    }

    /** What the whole input gives, having checked that every cut of it gives the same. */
    static Run ofAllSplits(byte[] input) {
        Run whole = of(input);
        Splits.of(input).forEach(pieces -> assertEquals(whole, of(pieces)));
        return whole;
    }

    static Run ofPieces(byte[] input, int size) {
        List<ByteBuffer> pieces = new ArrayList<>();
        for (int at = 0; at < input.length; at += size) {
            int length = Math.min(size, input.length - at);
            pieces.add(ByteBuffer.wrap(input, at, length).slice().asReadOnlyBuffer());
        }
        return of(pieces);
    }

    static Run of(List<ByteBuffer> pieces) {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        ByteArrayOutputStream metadata = new ByteArrayOutputStream();
        BrotliDecoder decoder =
                new BrotliDecoder(
                        bytes -> {
                            add(bytes, output);
                            return output.size() < MOST_BYTES;
                        },
                        bytes -> {
                            if (bytes.hasRemaining()) {
                                add(bytes, metadata);
                            } else {
                                metadata.write('\n');
                            }
                        });
        Outcome outcome = Outcome.NEEDS_INPUT;
        int unread = 0;
        for (ByteBuffer piece : pieces) {
            outcome = decoder.decode(piece);
            assertFalse(outcome == Outcome.NEEDS_INPUT && piece.hasRemaining());
            unread += piece.remaining();
        }
        return new Run(
                outcome,
                decoder.fault(),
                output.toString(ISO_8859_1),
                metadata.toString(ISO_8859_1),
                unread);
    }

    private static void add(ByteBuffer bytes, ByteArrayOutputStream to) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        to.writeBytes(copy);
    }
}
