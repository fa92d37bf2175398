package clawsec.proxy.net;

/**
 * How much of the heap a connection's end holds, estimated from what was measured with thousands of
 * idle ones (class histograms after a collection, JDK 25): the stack of its waiting thread and our
 * objects, what JSSE and the ciphers keep for a session, and the buffers, whose sizes are known.
 */
final class HeldBytes {
    /** The stack of the thread that waits, the session's objects, the socket. */
    static final int CLEAR = 8_192;

    /** What comes to it under TLS: the session, its ciphers, JSSE's buffers at their smallest. */
    static final int SECURE = 14_336;

    /** JSSE's two input buffers never shrink after a record that filled them. */
    static final int LARGE_RECORDS = 32_768;

    /** The largest piece that JSSE encrypts at once; its output buffer stays as large. */
    static final int LARGEST_RECORD = 16_384;

    /**
     * What an exchange under way takes: two messages' scans, their decoders and heads. Unlike the
     * others a guess, on the safe side, and not measured by itself.
     */
    static final int EXCHANGE = 49_152;

    private HeldBytes() {}

    static long ofWire(
            boolean isSecure, boolean hasLargeRecords, int largestWrite, int bufferBytes) {
        long held = CLEAR + bufferBytes;
        if (isSecure) {
            held += SECURE + Math.min(largestWrite, LARGEST_RECORD);
            held += hasLargeRecords ? LARGE_RECORDS : 0;
        }
        return held;
    }
}
