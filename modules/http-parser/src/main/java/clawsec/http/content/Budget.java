package clawsec.http.content;

/** The bounds of one message, and its encoded bytes so far. Shared by the codings of a stack. */
final class Budget {
    private final ContentLimits limits;
    private long encodedBytes;

    Budget(ContentLimits limits) {
        this.limits = limits;
    }

    /** Notes that the message went on. */
    void encoded(int bytes) {
        encodedBytes += bytes;
    }

    /** How many of {@code count} more decoded bytes may be given out. */
    int grant(long decodedBytes, int count) {
        return (int) Math.min(count, limits.decodedBytes() - decodedBytes);
    }

    boolean isExceededBy(long decodedBytes) {
        return decodedBytes > limits.decodedBytes() || exceedsRatio(decodedBytes);
    }

    /** Which bound {@code decodedBytes} passed. */
    String reason(long decodedBytes) {
        return decodedBytes > limits.decodedBytes()
                ? limits.decodedBytes() + " decoded bytes exceeded"
                : "ratio " + limits.ratio() + " exceeded";
    }

    private boolean exceedsRatio(long decodedBytes) {
        return decodedBytes > limits.ratioFreeBytes()
                && decodedBytes > encodedBytes * limits.ratio();
    }
}
