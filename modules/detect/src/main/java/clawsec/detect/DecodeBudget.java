package clawsec.detect;

/** What one message may still cost to decode, and how often it was not decoded. Confined. */
final class DecodeBudget {
    private final DecodeLimits limits;
    private long left;
    private long cuts;

    DecodeBudget(DecodeLimits limits) {
        this.limits = limits;
        this.left = limits.freeBytes();
    }

    /** Another message begins. */
    void reset() {
        left = limits.freeBytes();
        cuts = 0;
    }

    /** The message went on. */
    void earn(int bytes) {
        left += (long) bytes * limits.ratio();
    }

    /** Takes bytes if there are enough; else counts a decoding that is cut. */
    boolean spend(int bytes) {
        if (left < bytes) {
            cuts++;
            return false;
        }
        left -= bytes;
        return true;
    }

    /** Counts a decoding that another limit cut. */
    void cut() {
        cuts++;
    }

    /** Decodings that ended early. */
    long cuts() {
        return cuts;
    }
}
