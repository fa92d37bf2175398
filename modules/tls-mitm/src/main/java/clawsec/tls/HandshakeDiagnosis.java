package clawsec.tls;

import clawsec.tls.OriginTlsException.Cause;
import java.io.IOException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateException;
import java.security.cert.PKIXReason;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/**
 * Explains why a handshake with an origin failed, from the certificates it showed and the kind of
 * their rejection. What an origin wrote appears in the texts with its control characters replaced.
 */
final class HandshakeDiagnosis {
    private static final int MAX_NAMES_LISTED = 10;
    private static final int MAX_NAME_CHARS = 200;
    private static final String MEND_BY_OPERATOR =
            "only the origin's operator can mend this; if you must reach it as it is, add the host"
                    + " to tunnel_hosts and let the client decide";

    private final String origin;
    private final String host;
    private final OriginTrust trust;
    private final OriginTrust.Handshake handshake;

    HandshakeDiagnosis(String host, int port, OriginTrust trust, OriginTrust.Handshake handshake) {
        this.host = host;
        this.origin = (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
        this.trust = trust;
        this.handshake = handshake;
    }

    OriginTlsException explain(IOException failure) {
        Optional<CertificateException> rejection = handshake.rejection();
        if (rejection.isPresent()) {
            return certificate(rejection.get(), failure);
        }
        Optional<String> alert = Alerts.received(failure);
        if (handshake.hasCertificateRequest()
                && (alert.isPresent() || TransportFailure.isIn(failure))) {
            return new OriginTlsException(
                    alert.isPresent() ? Cause.ALERT : Cause.CLOSED,
                    origin
                            + " asks for a client certificate, which this proxy does not have, and"
                            + " ended the TLS handshake",
                    "add the host to tunnel_hosts, so that the client can show its own",
                    failure);
        }
        if (alert.isPresent()) {
            return alert(alert.get(), failure);
        }
        if (TransportFailure.isIn(failure)) {
            return new OriginTlsException(
                    Cause.CLOSED,
                    origin + " closed the connection in the TLS handshake",
                    "try again later; if it stays so, check that the port speaks TLS",
                    failure);
        }
        return new OriginTlsException(
                Cause.PROTOCOL,
                origin + " speaks no TLS that can be understood: " + printable(failure),
                "check that the port speaks TLS, and not plain HTTP",
                failure);
    }

    private OriginTlsException alert(String alert, IOException failure) {
        String remedy =
                switch (alert) {
                    case "protocol_version", "insufficient_security", "handshake_failure" ->
                            "it shares no TLS version or cipher suite with this proxy, which speaks"
                                    + " TLS 1.2 and 1.3; "
                                    + MEND_BY_OPERATOR;
                    case "unrecognized_name" -> "check the host name: the origin does not serve it";
                    default -> MEND_BY_OPERATOR;
                };
        return new OriginTlsException(
                alert.equals("no_application_protocol") ? Cause.NO_PROTOCOL : Cause.ALERT,
                origin + " ended the TLS handshake with the alert " + alert,
                remedy,
                failure);
    }

    private OriginTlsException certificate(CertificateException rejection, IOException failure) {
        for (Throwable cause = rejection; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertPathValidatorException validation) {
                CertPathValidatorException.Reason reason = validation.getReason();
                if (reason == BasicReason.EXPIRED) {
                    return expired(failure);
                }
                if (reason == BasicReason.NOT_YET_VALID) {
                    return notYetValid(failure);
                }
                if (reason == BasicReason.REVOKED) {
                    return new OriginTlsException(
                            Cause.REVOKED,
                            "the certificate of " + origin + " was revoked by its issuer",
                            MEND_BY_OPERATOR,
                            failure);
                }
                if (reason == PKIXReason.NO_TRUST_ANCHOR) {
                    return unknownIssuer(failure);
                }
            }
            if (cause instanceof CertPathBuilderException && cause.getCause() == null) {
                return unknownIssuer(failure);
            }
        }
        if (trust.acceptsForOtherHost(handshake)) {
            return wrongName(failure);
        }
        return new OriginTlsException(
                Cause.CERTIFICATE,
                "the certificate of "
                        + origin
                        + " cannot be accepted: "
                        + PathFault.words(rejection).orElseGet(() -> printable(rejection)),
                MEND_BY_OPERATOR,
                failure);
    }

    private OriginTlsException unknownIssuer(IOException failure) {
        List<X509Certificate> chain = handshake.chain();
        X509Certificate last = chain.getLast();
        boolean isSelfSigned =
                chain.size() == 1
                        && last.getIssuerX500Principal().equals(last.getSubjectX500Principal());
        if (isSelfSigned) {
            return new OriginTlsException(
                    Cause.UNKNOWN_ISSUER,
                    "the certificate of " + origin + " is signed by itself, by no known issuer",
                    "add that certificate to upstream_ca_file if you trust it",
                    failure);
        }
        return new OriginTlsException(
                Cause.UNKNOWN_ISSUER,
                "the certificate of "
                        + origin
                        + " is signed by an issuer this machine does not trust ("
                        + printable(last.getIssuerX500Principal().getName())
                        + ")",
                "add the issuer's certificate to upstream_ca_file if you trust it",
                failure);
    }

    private OriginTlsException expired(IOException failure) {
        Instant now = Instant.now();
        String when = "";
        for (X509Certificate certificate : handshake.chain()) {
            Instant end = certificate.getNotAfter().toInstant();
            if (when.isEmpty() && now.isAfter(end)) {
                when = which(certificate) + " expired on " + day(end);
            }
        }
        return new OriginTlsException(
                Cause.EXPIRED,
                when.isEmpty() ? "a certificate above that of " + origin + " expired" : when,
                "check this machine's clock, which says " + day(now) + "; " + MEND_BY_OPERATOR,
                failure);
    }

    private OriginTlsException notYetValid(IOException failure) {
        Instant now = Instant.now();
        String when = "";
        for (X509Certificate certificate : handshake.chain()) {
            Instant start = certificate.getNotBefore().toInstant();
            if (when.isEmpty() && now.isBefore(start)) {
                when = which(certificate) + " is valid only from " + day(start);
            }
        }
        return new OriginTlsException(
                Cause.NOT_YET_VALID,
                when.isEmpty()
                        ? "a certificate above that of " + origin + " is not yet valid"
                        : when,
                "check this machine's clock, which says " + day(now) + "; " + MEND_BY_OPERATOR,
                failure);
    }

    private OriginTlsException wrongName(IOException failure) {
        List<String> names = names(handshake.chain().getFirst());
        if (names.isEmpty()) {
            return new OriginTlsException(
                    Cause.WRONG_NAME,
                    "the certificate of "
                            + origin
                            + " is for no host: it has no subject alternative name, and the name in"
                            + " its subject ("
                            + printable(
                                    handshake
                                            .chain()
                                            .getFirst()
                                            .getSubjectX500Principal()
                                            .getName())
                            + ") does not count",
                    MEND_BY_OPERATOR,
                    failure);
        }
        return new OriginTlsException(
                Cause.WRONG_NAME,
                "the certificate of "
                        + origin
                        + " is not for "
                        + host
                        + " but for "
                        + listed(names),
                "check the host name; if it is right, " + MEND_BY_OPERATOR,
                failure);
    }

    private String which(X509Certificate certificate) {
        return certificate.equals(handshake.chain().getFirst())
                ? "the certificate of " + origin
                : "the certificate above that of "
                        + origin
                        + " ("
                        + printable(certificate.getSubjectX500Principal().getName())
                        + ")";
    }

    private static List<String> names(X509Certificate certificate) {
        try {
            return AlternativeNames.ofHosts(certificate);
        } catch (CertificateException e) {
            return List.of("names that cannot be read");
        }
    }

    private static String listed(List<String> names) {
        List<String> shown =
                names.stream().limit(MAX_NAMES_LISTED).map(HandshakeDiagnosis::printable).toList();
        int more = names.size() - shown.size();
        return String.join(", ", shown) + (more > 0 ? " and " + more + " more" : "");
    }

    private static String printable(Throwable failure) {
        String message = failure.getMessage();
        return message == null ? failure.getClass().getSimpleName() : printable(message);
    }

    private static String printable(String text) {
        StringBuilder printable = new StringBuilder();
        for (int i = 0; i < Math.min(text.length(), MAX_NAME_CHARS); i++) {
            char c = text.charAt(i);
            printable.append(c < ' ' || c > '~' ? '?' : c);
        }
        return printable.toString();
    }

    private static String day(Instant instant) {
        return instant.atZone(ZoneOffset.UTC).toLocalDate().toString();
    }
}
