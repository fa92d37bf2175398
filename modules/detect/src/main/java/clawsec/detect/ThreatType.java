package clawsec.detect;

/** What kind of threat a rule stands for. */
public enum ThreatType {
    /** Secrets and sensitive files. */
    EXFIL,
    /** Commands and manipulation. */
    INJECTION,
    /** An established SSH connection, seen by the watcher. */
    SSH_CONNECT
}
