package clawsec.detect;

/** A rule file that is refused; the message names the file, the rule, the place and the reason. */
public final class RuleException extends Exception {
    private static final long serialVersionUID = 1;

    RuleException(String message) {
        super(message);
    }
}
