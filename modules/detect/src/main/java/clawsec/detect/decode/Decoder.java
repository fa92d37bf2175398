package clawsec.detect.decode;

import java.util.Optional;

/** Undoes one way of writing text. Stateless. */
public interface Decoder {
    /** What findings call it under {@code via}. */
    String name();

    /**
     * Undoes a stretch of text; never throws, whatever the bytes.
     *
     * @param from of the first byte
     * @param to after the last one
     * @return what the stretch stands for; empty when nothing in it is written this way
     */
    Optional<byte[]> decode(byte[] text, int from, int to);
}
