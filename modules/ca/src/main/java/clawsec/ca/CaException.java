package clawsec.ca;

/**
 * The stored root cannot be used; the message says which file, why, and what to do. Nothing was
 * overwritten.
 */
public final class CaException extends Exception {
    private static final long serialVersionUID = 1L;

    public CaException(String message) {
        super(message);
    }

    public CaException(String message, Throwable cause) {
        super(message, cause);
    }
}
