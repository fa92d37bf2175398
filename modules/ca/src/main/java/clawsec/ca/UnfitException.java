package clawsec.ca;

/**
 * A file is no key or certificate to use. The message goes on where the name of the file stopped.
 */
final class UnfitException extends Exception {
    private static final long serialVersionUID = 1L;

    UnfitException(String message) {
        super(message);
    }

    UnfitException(String message, Throwable cause) {
        super(message, cause);
    }
}
