package clawsec.tls;

/**
 * Bounds of what a peer can make this module hold.
 *
 * @param maxHelloBytes the most bytes a ClientHello may take on the wire, record headers included
 */
public record TlsLimits(int maxHelloBytes) {
    /** 64 KiB; a hello with post-quantum key shares has about 2. */
    public static final TlsLimits DEFAULT = new TlsLimits(65_536);

    public TlsLimits {
        if (maxHelloBytes < 1) {
            throw new IllegalArgumentException("maxHelloBytes " + maxHelloBytes + " is below 1");
        }
    }
}
