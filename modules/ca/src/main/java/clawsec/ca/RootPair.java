package clawsec.ca;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

/** A root key and its certificate, and the checks that make two texts such a pair. */
record RootPair(PrivateKey key, X509Certificate certificate) {
    static final String CERTIFICATE = "CERTIFICATE";

    /** How long before its end a root is worth a note. */
    static final Duration NOTED_BEFORE_END = Duration.ofDays(30);

    private static final byte[] PROBE =
            "do key and certificate belong together?".getBytes(StandardCharsets.US_ASCII);
    private static final int KEY_CERT_SIGN = 5;

    /** The certificate in a PEM text; with several, the first. */
    static X509Certificate parseCertificate(String text) throws UnfitException {
        for (Pem.Block block : Pem.parse(text)) {
            if (block.label().equals(CERTIFICATE)
                    || block.label().equals("X509 CERTIFICATE")
                    || block.label().equals("TRUSTED CERTIFICATE")) {
                try {
                    return (X509Certificate)
                            CertificateFactory.getInstance("X.509")
                                    .generateCertificate(new ByteArrayInputStream(block.der()));
                } catch (CertificateException e) {
                    throw new UnfitException("holds a broken certificate", e);
                }
            }
        }
        throw new UnfitException(
                "holds no certificate in PEM form (a block that starts with '-----BEGIN"
                        + " CERTIFICATE-----')");
    }

    /** Throws unless the certificate can be a root now. */
    static void check(X509Certificate certificate, Instant now) throws UnfitException {
        SigningKeys.check(certificate.getPublicKey());
        boolean[] usage = certificate.getKeyUsage();
        if (certificate.getBasicConstraints() < 0 || (usage != null && !usage[KEY_CERT_SIGN])) {
            throw new UnfitException(
                    "is not a certificate authority's, so clients refuse what it signs");
        }
        Instant end = certificate.getNotAfter().toInstant();
        if (now.isAfter(end)) {
            throw new UnfitException("expired on " + day(end));
        }
        Instant start = certificate.getNotBefore().toInstant();
        if (now.isBefore(start)) {
            throw new UnfitException(
                    "is valid only from "
                            + day(start)
                            + ", and this machine's clock says "
                            + day(now));
        }
    }

    /**
     * The pair of a certificate and the key in a PEM text.
     *
     * @throws UnfitException when there is no key, or it is another certificate's
     */
    static RootPair parse(String keyText, X509Certificate certificate) throws UnfitException {
        PublicKey publicKey = certificate.getPublicKey();
        PrivateKeys.Found found = PrivateKeys.read(Pem.parse(keyText), publicKey);
        if (!found.namesPublicKey() && !verifies(found.key(), publicKey)) {
            throw new UnfitException("is not the key of the certificate beside it");
        }
        return new RootPair(found.key(), certificate);
    }

    private static boolean verifies(PrivateKey key, PublicKey publicKey) {
        String name = RootSigner.signatureName(publicKey.getAlgorithm());
        try {
            Signature signing = Signature.getInstance(name);
            signing.initSign(key);
            signing.update(PROBE);
            byte[] signature = signing.sign();
            Signature verifying = Signature.getInstance(name);
            verifying.initVerify(publicKey);
            verifying.update(PROBE);
            return verifying.verify(signature);
        } catch (GeneralSecurityException e) {
            return false; // for instance a signature of another curve's length
        }
    }

    /** The notes worth logging about a fit root. */
    List<String> notes(Instant now) {
        Instant end = certificate.getNotAfter().toInstant();
        return now.plus(NOTED_BEFORE_END).isAfter(end)
                ? List.of("the root certificate expires on " + day(end))
                : List.of();
    }

    private static String day(Instant instant) {
        return instant.atZone(ZoneOffset.UTC).toLocalDate().toString();
    }
}
