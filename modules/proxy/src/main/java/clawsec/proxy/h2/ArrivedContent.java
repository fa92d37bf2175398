package clawsec.proxy.h2;

import clawsec.http.h2.Http2Endpoint;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The content of a stream that has come, in two buffers that take turns: one is filled while what
 * the other holds is dealt with. Guarded by the connection's lock, but for the content that was
 * taken.
 */
final class ArrivedContent {
    /** What is kept of a buffer that was emptied. */
    private static final int KEPT_BYTES = 16_384;

    private static final byte[] NOTHING = new byte[0];

    private byte[] arriving = NOTHING;
    private int arrivingBytes;
    private int arrivingFlow;
    private int arrivingOwed;
    private byte[] taken = NOTHING;
    private int takenBytes;
    private int takenFlow;
    private int takenOwed;

    void add(ByteBuffer bytes, int flowBytes, int owedBytes) {
        int count = bytes.remaining();
        int needed = arrivingBytes + count;
        if (needed > arriving.length) {
            arriving = Arrays.copyOf(arriving, Math.max(needed, 2 * arriving.length));
        }
        bytes.get(arriving, arrivingBytes, count);
        arrivingBytes = needed;
        arrivingFlow += flowBytes;
        arrivingOwed += owedBytes;
    }

    boolean hasContent() {
        return arrivingBytes > 0;
    }

    /** How much waits, what was taken aside. */
    int bytes() {
        return arrivingBytes;
    }

    /** What has come, which stays as it is until this or {@link #clear} is called again. */
    ByteBuffer take() {
        byte[] spare = taken.length > KEPT_BYTES ? NOTHING : taken;
        taken = arriving;
        takenBytes = arrivingBytes;
        takenFlow += arrivingFlow;
        takenOwed += arrivingOwed;
        arriving = spare;
        arrivingBytes = 0;
        arrivingFlow = 0;
        arrivingOwed = 0;
        return ByteBuffer.wrap(taken, 0, takenBytes);
    }

    /**
     * What was taken is dealt with: the peer may send as much again.
     *
     * @return how many bytes of content that frees
     */
    int consume(Http2Endpoint endpoint, int streamId) {
        int freed = takenBytes;
        if (takenFlow > 0) {
            endpoint.consumed(streamId, takenFlow);
        }
        if (takenOwed > 0) {
            endpoint.consumed(0, takenOwed);
        }
        takenBytes = 0;
        takenFlow = 0;
        takenOwed = 0;
        return freed;
    }

    /**
     * Nobody will deal with it; what was taken stays as it is.
     *
     * @return how many bytes of content that frees
     */
    int clear(Http2Endpoint endpoint) {
        int freed = arrivingBytes + takenBytes;
        int owed = arrivingOwed + takenOwed;
        if (owed > 0) {
            endpoint.consumed(0, owed);
        }
        arriving = NOTHING;
        arrivingBytes = 0;
        arrivingFlow = 0;
        arrivingOwed = 0;
        takenBytes = 0;
        takenFlow = 0;
        takenOwed = 0;
        return freed;
    }
}
