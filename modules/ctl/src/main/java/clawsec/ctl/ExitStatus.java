package clawsec.ctl;

/** How a command ended, as scripts see it. */
enum ExitStatus {
    /** Done. */
    DONE(0),
    /** The answer is no, such as not running. */
    NO(1),
    /** Wrong usage or configuration. */
    WRONG_USAGE(2),
    /** Something outside failed: a port, a disk, a permission. */
    FAILED(3);

    private final int code;

    ExitStatus(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }
}
