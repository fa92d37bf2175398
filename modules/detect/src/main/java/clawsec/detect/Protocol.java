package clawsec.detect;

/** Where a message was seen, as the threat record names it in lower case. */
public enum Protocol {
    HTTP,
    HTTPS,
    GATEWAY,
    SSH
}
