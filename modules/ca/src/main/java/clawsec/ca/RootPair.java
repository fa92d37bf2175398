package clawsec.ca;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
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
import java.util.Optional;

/**
 * A root key and its certificate, and the checks that make two texts such a pair. The messages of
 * its exceptions go on where the name of a file stopped.
 */
record RootPair(PrivateKey key, X509Certificate certificate) {
    static final String CERTIFICATE = "CERTIFICATE";
    private static final String PRIVATE_KEY = "PRIVATE KEY";

    /** How long before its end a root is worth a note. */
    static final Duration NOTED_BEFORE_END = Duration.ofDays(30);

    private static final byte[] PROBE =
            "do key and certificate belong together?".getBytes(StandardCharsets.US_ASCII);
    private static final int KEY_CERT_SIGN = 5;

    /** A new pair. */
    static RootPair make(Instant now) {
        KeyPair pair = CertificateMaker.newKeyPair();
        return new RootPair(pair.getPrivate(), CertificateMaker.root(pair, now));
    }

    /** The certificate in a PEM text; with several, the first. */
    static X509Certificate parseCertificate(String text) {
        for (Pem.Block block : Pem.parse(text)) {
            if (block.label().equals(CERTIFICATE)
                    || block.label().equals("X509 CERTIFICATE")
                    || block.label().equals("TRUSTED CERTIFICATE")) {
                try {
                    return (X509Certificate)
                            CertificateFactory.getInstance("X.509")
                                    .generateCertificate(new ByteArrayInputStream(block.der()));
                } catch (CertificateException e) {
                    throw new IllegalArgumentException("holds a broken certificate", e);
                }
            }
        }
        throw new IllegalArgumentException(
                "holds no certificate in PEM form (a block that starts with '-----BEGIN"
                        + " CERTIFICATE-----')");
    }

    /** Why a certificate cannot be a root now, if it cannot. */
    static Optional<String> unfit(X509Certificate certificate, Instant now) {
        String algorithm = certificate.getPublicKey().getAlgorithm();
        if (!algorithm.equals("RSA") && !algorithm.equals("EC")) {
            return Optional.of("has a " + algorithm + " key, and only RSA and EC can sign leaves");
        }
        boolean[] usage = certificate.getKeyUsage();
        if (certificate.getBasicConstraints() < 0 || (usage != null && !usage[KEY_CERT_SIGN])) {
            return Optional.of("is not a certificate authority's, so clients refuse what it signs");
        }
        Instant end = certificate.getNotAfter().toInstant();
        if (now.isAfter(end)) {
            return Optional.of("expired on " + day(end));
        }
        Instant start = certificate.getNotBefore().toInstant();
        if (now.isBefore(start)) {
            return Optional.of(
                    "is valid only from "
                            + day(start)
                            + ", and this machine's clock says "
                            + day(now));
        }
        return Optional.empty();
    }

    /** The key in a PEM text, of the certificate's kind. */
    static PrivateKey parseKey(String text, X509Certificate certificate) {
        return PrivateKeys.read(Pem.parse(text), certificate.getPublicKey().getAlgorithm());
    }

    /** Whether what the key signs verifies under the certificate's public key. */
    boolean belongTogether() {
        PublicKey publicKey = certificate.getPublicKey();
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

    String keyPem() {
        return Pem.format(PRIVATE_KEY, key.getEncoded());
    }

    String certificatePem() {
        return Pem.format(CERTIFICATE, CertificateAuthority.der(certificate));
    }

    private static String day(Instant instant) {
        return instant.atZone(ZoneOffset.UTC).toLocalDate().toString();
    }
}
