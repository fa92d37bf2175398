package clawsec.http.h2;

/** Where one stream is (RFC 9113 §5.1), from an endpoint's side. Confined to its connection. */
final class Http2Stream {
    static final long NO_LENGTH = -1;

    /** So many windows of content make a long stream. */
    private static final int LONG_WINDOWS = 4;

    final int id;

    /** What may still be sent, and what may still be received; may be below 0 (§6.9.2). */
    long sendWindow;

    long receiveWindow;

    /** What the receive window is when nothing waits. */
    int window;

    /** What the peer may send beside, which it was not told of yet. */
    int unannouncedBytes;

    /** Whether the peer's head was received, so that another header block is trailers. */
    boolean hasHead;

    boolean isClosedByPeer;
    boolean isClosedByUs;

    /** A response without content, whatever its Content-Length says. */
    boolean answersHead;

    private long expectedBytes = NO_LENGTH;
    private long receivedBytes;

    Http2Stream(int id, long sendWindow, int receiveWindow) {
        this.window = receiveWindow;
        this.id = id;
        this.sendWindow = sendWindow;
        this.receiveWindow = receiveWindow;
    }

    void expect(long contentLength) {
        expectedBytes = contentLength;
    }

    /** Counts content; false when it is more than there may be (RFC 9113 §8.1.1). */
    boolean receive(int bytes) {
        receivedBytes += bytes;
        if (answersHead && receivedBytes > 0) {
            return false;
        }
        return expectedBytes == NO_LENGTH || receivedBytes <= expectedBytes;
    }

    /** Whether it has filled its window several times. */
    boolean isLong() {
        return receivedBytes >= (long) LONG_WINDOWS * window;
    }

    /** Whether content may end here. */
    boolean isComplete() {
        return expectedBytes == NO_LENGTH
                || receivedBytes == expectedBytes
                || (answersHead && receivedBytes == 0);
    }

    boolean isClosed() {
        return isClosedByPeer && isClosedByUs;
    }
}
