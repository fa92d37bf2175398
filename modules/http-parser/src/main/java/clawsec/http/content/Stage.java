package clawsec.http.content;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Consumer;

/** One content coding being removed. Never throws for what the bytes are. */
sealed interface Stage permits GzipStage, DeflateStage, BrotliStage, ZstdStage {
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

    /** Bytes that were taken and not decoded when decoding stopped; mostly empty. */
    ByteBuffer heldBack();

    /**
     * Whether all that was taken, but for {@link #heldBack()}, was of this coding for certain, or
     * was given out as text: else it is scanned as it came when decoding stops soon after its
     * beginning.
     */
    default boolean isProven() {
        return false;
    }

    /** What was wrong with data that was decoded all the same, such as its checksum. */
    default Optional<String> flaw() {
        return Optional.empty();
    }

    /** Frees native memory and windows; what was wrong stays. */
    void close();
}
