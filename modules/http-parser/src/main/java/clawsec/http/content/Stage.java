package clawsec.http.content;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Consumer;

/** One content coding being removed. Never throws for what the bytes are. */
sealed interface Stage permits GzipStage, DeflateStage {
    /** As it appears in Content-Encoding, aliases aside. */
    String coding();

    /**
     * Decodes {@code in} and consumes what it decoded: all of it, unless decoding stops for good.
     *
     * @return why decoding stopped; the rest of {@code in} is then as it came
     */
    Optional<String> decode(ByteBuffer in, Consumer<ByteBuffer> sink);

    /**
     * What is missing when the input ends here; bytes held back so far are given to {@code sink}.
     */
    Optional<String> end(Consumer<ByteBuffer> sink);

    void close();
}
