package clawsec.proxy.net;

/** What a bounded read brought. */
public enum Fill {
    BYTES,
    END,
    TIMEOUT
}
