package clawsec.ca;

/**
 * Hands out one leaf a host; bounded, one signing a host however many ask at once. Safe for many
 * threads.
 */
public interface LeafStore {
    /**
     * The leaf for a host, signed now or earlier.
     *
     * @param host a DNS name or an IP literal (IPv6 without brackets)
     */
    Leaf leaf(String host);
}
