package clawsec.detect;

/** A rule file that is refused; the message names the file, the rule, the place and the reason. */
public final class RuleException extends Exception {
    private static final long serialVersionUID = 1;

    private final boolean isUnmet;

    RuleException(String message) {
        this(message, false);
    }

    private RuleException(String message, boolean isUnmet) {
        super(message);
        this.isUnmet = isUnmet;
    }

    static RuleException unmet(String message) {
        return new RuleException(message, true);
    }

    /**
     * Whether the file is written as rule files are, but its rules do not do what it says, or
     * cannot stand beside others.
     */
    public boolean isUnmet() {
        return isUnmet;
    }
}
