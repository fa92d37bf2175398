package clawsec.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * A throw-away certificate authority for origin servers in tests (EC P-256). A leaf for the wrong
 * host is {@link #serverContext} with another name. Immutable; safe for many threads.
 */
public final class TestCa {
    private static final char[] NO_PASSWORD = new char[0];
    private static final Duration DAY = Duration.ofDays(1);

    private final KeyPair key;
    private final X509Certificate certificate;

    private TestCa(KeyPair key, X509Certificate certificate) {
        this.key = key;
        this.certificate = certificate;
    }

    /** A new authority, its own key and certificate. */
    public static TestCa create() {
        KeyPair key = newKey();
        X500Principal name = new X500Principal("CN=ClawSec test CA " + serial().toString(36));
        Instant now = Instant.now();
        JcaX509v3CertificateBuilder builder =
                builder(name, name, key, now.minus(DAY), now.plus(DAY));
        try {
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
            builder.addExtension(
                    Extension.keyUsage,
                    true,
                    new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
        } catch (CertIOException e) {
            throw new IllegalStateException("the test CA cannot be encoded", e);
        }
        return new TestCa(key, sign(builder, key.getPrivate()));
    }

    /** A server's side: a valid leaf for these DNS names and IP literals, signed by this CA. */
    public SSLContext serverContext(String... dnsNamesOrIps) {
        Instant now = Instant.now();
        return server(now.minus(DAY), now.plus(DAY), dnsNamesOrIps);
    }

    /** As {@link #serverContext}, but the leaf ended yesterday. */
    public SSLContext expiredContext(String... dnsNamesOrIps) {
        Instant now = Instant.now();
        return server(now.minus(DAY.multipliedBy(3)), now.minus(DAY), dnsNamesOrIps);
    }

    /** As {@link #serverContext}, but the leaf begins tomorrow. */
    public SSLContext notYetValidContext(String... dnsNamesOrIps) {
        Instant now = Instant.now();
        return server(now.plus(DAY), now.plus(DAY.multipliedBy(3)), dnsNamesOrIps);
    }

    /** As {@link #serverContext}, but the host stands in the subject (CN) alone. */
    public SSLContext commonNameContext(String host) {
        KeyPair leafKey = newKey();
        return context(leafKey.getPrivate(), leaf(leafKey, "CN=" + host), certificate);
    }

    /** As {@link #serverContext}, but signed by a leaf of this CA, which is none itself. */
    public SSLContext underLeafContext(String... dnsNamesOrIps) {
        KeyPair issuerKey = newKey();
        X509Certificate issuer = leaf(issuerKey, "CN=test leaf that signs");
        KeyPair leafKey = newKey();
        Instant now = Instant.now();
        JcaX509v3CertificateBuilder builder =
                builder(
                        issuer.getSubjectX500Principal(),
                        new X500Principal("CN=test origin"),
                        leafKey,
                        now.minus(DAY),
                        now.plus(DAY));
        addNames(builder, dnsNamesOrIps);
        return context(
                leafKey.getPrivate(), sign(builder, issuerKey.getPrivate()), issuer, certificate);
    }

    private X509Certificate leaf(KeyPair leafKey, String subject) {
        Instant now = Instant.now();
        return sign(
                builder(
                        certificate.getSubjectX500Principal(),
                        new X500Principal(subject),
                        leafKey,
                        now.minus(DAY),
                        now.plus(DAY)),
                key.getPrivate());
    }

    /** A server's side with a valid leaf that nobody signed but itself. */
    public static SSLContext selfSignedContext(String... dnsNamesOrIps) {
        KeyPair leafKey = newKey();
        X500Principal name = new X500Principal("CN=self-signed");
        Instant now = Instant.now();
        JcaX509v3CertificateBuilder builder =
                builder(name, name, leafKey, now.minus(DAY), now.plus(DAY));
        addNames(builder, dnsNamesOrIps);
        return context(leafKey.getPrivate(), sign(builder, leafKey.getPrivate()));
    }

    /** A client's side that trusts this CA and nobody else. */
    public SSLContext clientContext() {
        return trusting(certificate);
    }

    /** A client's side that trusts these anchors and nobody else. */
    public static SSLContext trusting(X509Certificate... anchors) {
        try {
            KeyStore store = emptyStore();
            for (int i = 0; i < anchors.length; i++) {
                store.setCertificateEntry("anchor" + i, anchors[i]);
            }
            TrustManagerFactory trust =
                    TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("no client context", e);
        }
    }

    public X509Certificate certificate() {
        return certificate;
    }

    /** The CA certificate in PEM. */
    public String pem() {
        try {
            String body =
                    Base64.getMimeEncoder(64, new byte[] {'\n'})
                            .encodeToString(certificate.getEncoded());
            return "-----BEGIN CERTIFICATE-----\n" + body + "\n-----END CERTIFICATE-----\n";
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the CA certificate cannot be encoded", e);
        }
    }

    /** Writes {@link #pem} to {@code test-ca.pem} in an existing folder and returns the file. */
    public Path writePem(Path folder) {
        try {
            return Files.writeString(folder.resolve("test-ca.pem"), pem());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private SSLContext server(Instant from, Instant to, String... names) {
        KeyPair leafKey = newKey();
        X500Principal subject = new X500Principal("CN=test origin");
        JcaX509v3CertificateBuilder builder =
                builder(certificate.getSubjectX500Principal(), subject, leafKey, from, to);
        addNames(builder, names);
        return context(leafKey.getPrivate(), sign(builder, key.getPrivate()), certificate);
    }

    private static JcaX509v3CertificateBuilder builder(
            X500Principal issuer, X500Principal subject, KeyPair key, Instant from, Instant to) {
        return new JcaX509v3CertificateBuilder(
                issuer, serial(), Date.from(from), Date.from(to), subject, key.getPublic());
    }

    private static void addNames(JcaX509v3CertificateBuilder builder, String... names) {
        GeneralName[] alternatives = new GeneralName[names.length];
        for (int i = 0; i < names.length; i++) {
            boolean isAddress = names[i].indexOf(':') >= 0 || names[i].matches("[0-9.]+");
            int kind = isAddress ? GeneralName.iPAddress : GeneralName.dNSName;
            alternatives[i] = new GeneralName(kind, names[i]);
        }
        try {
            builder.addExtension(
                    Extension.subjectAlternativeName, false, new GeneralNames(alternatives));
        } catch (CertIOException e) {
            throw new IllegalStateException("names cannot be encoded", e);
        }
    }

    private static X509Certificate sign(JcaX509v3CertificateBuilder builder, PrivateKey signer) {
        try {
            return new JcaX509CertificateConverter()
                    .getCertificate(
                            builder.build(
                                    new JcaContentSignerBuilder("SHA256withECDSA").build(signer)));
        } catch (GeneralSecurityException | OperatorCreationException e) {
            throw new IllegalStateException("certificate cannot be signed", e);
        }
    }

    private static SSLContext context(PrivateKey key, Certificate... chain) {
        try {
            KeyStore store = emptyStore();
            store.setKeyEntry("leaf", key, NO_PASSWORD, chain);
            KeyManagerFactory keys = KeyManagerFactory.getInstance("SunX509");
            keys.init(store, NO_PASSWORD);
            KeyManager[] managers = keys.getKeyManagers();
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(managers, null, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("no server context", e);
        }
    }

    private static KeyStore emptyStore() throws GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try {
            store.load(null, NO_PASSWORD);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return store;
    }

    private static KeyPair newKey() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("no P-256 key", e);
        }
    }

    private static BigInteger serial() {
        return new BigInteger(127, new SecureRandom());
    }
}
