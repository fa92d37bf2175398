package clawsec.http.h2;

import java.util.Arrays;
import java.util.Optional;

/**
 * A header block whose frames arrive one after the other (RFC 9113 §4.3). However many there are,
 * it holds no more than the limits allow. Confined to its decoder.
 */
final class HeaderBlockBuffer {
    private final Http2Limits limits;
    private byte[] block = {};
    private int count;
    private int frames;
    private int streamId;
    private boolean endsStream;

    HeaderBlockBuffer(Http2Limits limits) {
        this.limits = limits;
    }

    /** Whether frames are to come; then nothing else may. */
    boolean isOpen() {
        return streamId != 0;
    }

    int streamId() {
        return streamId;
    }

    void open(int stream, boolean isLastOfStream) {
        streamId = stream;
        endsStream = isLastOfStream;
        frames = 0;
        count = 0;
    }

    /** Takes what one frame has of it. */
    Optional<FrameProblem> add(byte[] bytes, int from, int to) {
        if (frames++ > limits.continuations()) {
            return Optional.of(
                    FrameProblem.ofConnection(
                            Http2Error.ENHANCE_YOUR_CALM,
                            "§10.5",
                            "header block of more than "
                                    + limits.continuations()
                                    + " CONTINUATION frames"));
        }
        if (to - from > limits.headerBlockBytes() - count) {
            return Optional.of(
                    FrameProblem.ofConnection(
                            Http2Error.ENHANCE_YOUR_CALM,
                            "§10.5.1",
                            "header block exceeds " + limits.headerBlockBytes() + " bytes"));
        }
        if (block.length < count + to - from) {
            block = Arrays.copyOf(block, Math.max(2 * block.length, count + to - from));
        }
        System.arraycopy(bytes, from, block, count, to - from);
        count += to - from;
        return Optional.empty();
    }

    /** The whole block. */
    Http2Frame close() {
        Http2Frame whole =
                new Http2Frame.HeaderBlock(streamId, Arrays.copyOf(block, count), endsStream);
        streamId = 0;
        block = new byte[0];
        return whole;
    }
}
