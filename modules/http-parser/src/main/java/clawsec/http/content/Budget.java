package clawsec.http.content;

/**
 * The bounds of one message, and its encoded bytes so far; each coding asks before it gives out.
 */
final class Budget {
    private final ContentLimits limits;
    private long encodedBytes;

    Budget(ContentLimits limits) {
        this.limits = limits;
    }

    void encoded(int bytes) {
        encodedBytes += bytes;
    }

    boolean allows(long decodedBytes) {
        return decodedBytes <= limits.decodedBytes() && !exceedsRatio(decodedBytes);
    }

    /** Which bound {@code decodedBytes} passed. */
    String reason(long decodedBytes) {
        return exceedsRatio(decodedBytes)
                ? "ratio " + limits.ratio() + " exceeded"
                : limits.decodedBytes() + " decoded bytes exceeded";
    }

    private boolean exceedsRatio(long decodedBytes) {
        return decodedBytes > limits.ratioFreeBytes()
                && decodedBytes / limits.ratio() >= encodedBytes
                && decodedBytes > encodedBytes * limits.ratio();
    }
}
