package clawsec.detect;

/** Which way a message goes, seen from the agent. */
public enum Direction {
    /** From the agent to the internet. */
    OUTBOUND,
    /** From the internet to the agent. */
    INBOUND
}
