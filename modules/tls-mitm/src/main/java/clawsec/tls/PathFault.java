package clawsec.tls;

import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateException;
import java.security.cert.PKIXReason;
import java.util.Optional;

/** What is wrong with a certificate path (RFC 5280 §6.1), in words for whoever runs the proxy. */
final class PathFault {
    private PathFault() {}

    /**
     * Empty when the path was not what the certificate was rejected for. Faults that have a text of
     * their own in {@link HandshakeDiagnosis} are not looked for.
     */
    static Optional<String> words(CertificateException rejection) {
        boolean isPath = false;
        for (Throwable cause = rejection; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertPathValidatorException validation) {
                Optional<String> words = words(validation.getReason());
                if (words.isPresent()) {
                    return words;
                }
            }
            isPath |=
                    cause instanceof CertPathValidatorException
                            || cause instanceof CertPathBuilderException;
        }
        return isPath ? Optional.of("its chain of issuers is not valid") : Optional.empty();
    }

    private static Optional<String> words(CertPathValidatorException.Reason reason) {
        if (reason instanceof PKIXReason path) {
            return switch (path) {
                case NOT_CA_CERT ->
                        Optional.of(
                                "a certificate in its chain is not one of a CA, and so may not"
                                        + " sign another");
                case PATH_TOO_LONG ->
                        Optional.of("its chain is longer than one of its issuers allows");
                case INVALID_NAME -> Optional.of("one of its issuers may not sign for that name");
                case INVALID_KEY_USAGE ->
                        Optional.of("a key in its chain is used for what it is not meant for");
                case INVALID_POLICY -> Optional.of("its chain breaks a policy of its issuers");
                case UNRECOGNIZED_CRIT_EXT ->
                        Optional.of(
                                "a certificate in its chain has a critical extension that is not"
                                        + " known here");
                case NAME_CHAINING ->
                        Optional.of("the names in its chain do not follow from each other");
                case NO_TRUST_ANCHOR -> Optional.empty();
            };
        }
        if (reason == BasicReason.INVALID_SIGNATURE) {
            return Optional.of("a signature in its chain is wrong");
        }
        if (reason == BasicReason.ALGORITHM_CONSTRAINED) {
            return Optional.of(
                    "a key or signature in its chain is of a kind that is not trusted any more,"
                            + " such as SHA-1 or RSA with less than 1024 bits");
        }
        return Optional.empty();
    }
}
