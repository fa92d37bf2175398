package clawsec.http.content;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Consumer;

/** One content coding being removed. Never throws for what the bytes are. */
sealed interface Stage permits GzipStage, DeflateStage, BrotliStage {
    /** As it appears in Content-Encoding, aliases aside. */
    String coding();

    /**
     * Decodes {@code in} and consumes what it decoded: all of it, unless decoding stops for good.
     *
     * @param aside gets text that stands beside the content, in lines that each end with a line
     *     feed, in as many pieces as it comes in
     * @return why decoding stopped; {@link #heldBack()} and the rest of {@code in} are then as they
     *     came
     */
    Optional<String> decode(ByteBuffer in, Consumer<ByteBuffer> sink, Consumer<ByteBuffer> aside);

    /** What is missing when the input ends here. */
    Optional<String> end();

    /** Bytes that were taken for a header until they turned out to be none; mostly empty. */
    ByteBuffer heldBack();

    /** Frees the native memory. */
    void close();
}
