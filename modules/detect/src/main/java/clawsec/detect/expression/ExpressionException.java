package clawsec.detect.expression;

/** An expression that cannot be used. */
public final class ExpressionException extends Exception {
    private static final long serialVersionUID = 1;

    private final String reason;

    public ExpressionException(String reason) {
        super(reason);
        this.reason = reason;
    }

    ExpressionException(String reason, int index) {
        this(reason + " at character " + (index + 1) + " of the expression");
    }

    /** The message: why, and where in the expression if at a place. */
    public String reason() {
        return reason;
    }
}
