package clawsec.ca;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.DERGeneralizedTime;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERUTCTime;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.cert.X509v3CertificateBuilder;

/** Makes root and leaf certificates (RFC 5280). Immutable; safe for many threads. */
final class CertificateMaker {
    /** How far notBefore lies in the past, for clients whose clock is behind. */
    static final Duration BACKDATED = Duration.ofDays(1);

    /** The whole life of a leaf; public CAs may issue 200 days, and some clients check. */
    static final Duration LEAF_LIFE = Duration.ofDays(199);

    /** The whole life of a root. */
    static final Duration ROOT_LIFE = Duration.ofDays(3652);

    /** The longest common name (RFC 5280 appendix A.1, ub-common-name). */
    static final int MAX_COMMON_NAME_CHARS = 64;

    private static final String ORGANIZATION = "ClawSec Monitor";
    private static final int SERIAL_BITS = 128;
    private static final SecureRandom RANDOM = new SecureRandom();

    private CertificateMaker() {}

    /** A new P-256 key pair. */
    static KeyPair newKeyPair() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has P-256", e);
        }
    }

    /** A root certificate signed by its own key. */
    static X509Certificate root(KeyPair pair, Instant now) {
        Instant start = now.minus(BACKDATED);
        byte[] subjectKeyId = keyId(pair.getPublic());
        X500Name name = name("ClawSec Monitor CA " + shortHex(subjectKeyId));
        try {
            X509v3CertificateBuilder builder =
                    new X509v3CertificateBuilder(
                            name,
                            serial(),
                            time(start),
                            time(start.plus(ROOT_LIFE)),
                            name,
                            SubjectPublicKeyInfo.getInstance(pair.getPublic().getEncoded()));
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
            builder.addExtension(
                    Extension.keyUsage,
                    true,
                    new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
            builder.addExtension(
                    Extension.subjectKeyIdentifier, false, new SubjectKeyIdentifier(subjectKeyId));
            return build(builder, pair.getPrivate());
        } catch (IOException e) {
            throw new IllegalStateException("encoding to memory failed", e);
        }
    }

    /** A leaf for a name, signed by the root; never outlives it. */
    static X509Certificate leaf(
            HostName name,
            PublicKey leafKey,
            X509Certificate root,
            PrivateKey rootKey,
            Instant now) {
        Instant start = later(now.minus(BACKDATED), root.getNotBefore().toInstant());
        Instant end = earlier(start.plus(LEAF_LIFE), root.getNotAfter().toInstant());
        try {
            X509v3CertificateBuilder builder =
                    new X509v3CertificateBuilder(
                            X500Name.getInstance(root.getSubjectX500Principal().getEncoded()),
                            serial(),
                            time(start),
                            time(end),
                            subject(name),
                            SubjectPublicKeyInfo.getInstance(leafKey.getEncoded()));
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
            builder.addExtension(
                    Extension.extendedKeyUsage,
                    false,
                    new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
            builder.addExtension(
                    Extension.subjectKeyIdentifier,
                    false,
                    new SubjectKeyIdentifier(keyId(leafKey)));
            builder.addExtension(
                    Extension.authorityKeyIdentifier,
                    false,
                    new AuthorityKeyIdentifier(authorityKeyId(root)));
            addAlternativeName(builder, name);
            return build(builder, rootKey);
        } catch (IOException e) {
            throw new IllegalStateException("encoding to memory failed", e);
        }
    }

    private static void addAlternativeName(X509v3CertificateBuilder builder, HostName name)
            throws IOException {
        switch (name) {
            case HostName.Dns(String dns) ->
                    builder.addExtension(
                            Extension.subjectAlternativeName,
                            false,
                            new GeneralNames(new GeneralName(GeneralName.dNSName, dns)));
            case HostName.Ip ip ->
                    builder.addExtension(
                            Extension.subjectAlternativeName,
                            false,
                            new GeneralNames(
                                    new GeneralName(
                                            GeneralName.iPAddress,
                                            new DEROctetString(ip.address().getAddress()))));
            case HostName.Unnameable() -> {}
        }
    }

    private static X500Name subject(HostName name) {
        return name(
                switch (name) {
                    case HostName.Dns(String dns) -> dns;
                    case HostName.Ip ip -> ip.text();
                    case HostName.Unnameable() -> "not a host name";
                });
    }

    /** O, and CN where it is short enough. */
    private static X500Name name(String commonName) {
        RDN organization = new RDN(BCStyle.O, new DERUTF8String(ORGANIZATION));
        if (commonName.length() > MAX_COMMON_NAME_CHARS) {
            return new X500Name(new RDN[] {organization});
        }
        RDN common = new RDN(BCStyle.CN, new DERUTF8String(commonName));
        return new X500Name(new RDN[] {organization, common});
    }

    private static X509Certificate build(X509v3CertificateBuilder builder, PrivateKey key)
            throws IOException {
        byte[] der = builder.build(new RootSigner(key)).getEncoded();
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509")
                            .generateCertificate(new ByteArrayInputStream(der));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("own certificate does not parse", e);
        }
    }

    /** 128 random bits, positive (RFC 5280 §4.1.2.2: at most 20 octets). */
    private static BigInteger serial() {
        return new BigInteger(SERIAL_BITS, RANDOM).setBit(SERIAL_BITS - 1);
    }

    /** The issuer's own subject key identifier where it has one (RFC 5280 §4.2.1.1). */
    private static byte[] authorityKeyId(X509Certificate root) {
        byte[] extension = root.getExtensionValue(Extension.subjectKeyIdentifier.getId());
        if (extension == null) {
            return keyId(root.getPublicKey());
        }
        byte[] value = ASN1OctetString.getInstance(extension).getOctets();
        return SubjectKeyIdentifier.getInstance(value).getKeyIdentifier();
    }

    /** RFC 5280 §4.2.1.2 (1): SHA-1 over the bits of the public key. */
    private static byte[] keyId(PublicKey key) {
        try {
            byte[] bits =
                    SubjectPublicKeyInfo.getInstance(key.getEncoded())
                            .getPublicKeyData()
                            .getBytes();
            return MessageDigest.getInstance("SHA-1").digest(bits);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has SHA-1", e);
        }
    }

    /**
     * RFC 5280 §4.1.2.5: UTCTime through 2049. Written by hand: the way through {@code Date} loads
     * all time zones and locales for the first certificate.
     */
    static Time time(Instant instant) {
        OffsetDateTime time = instant.atOffset(ZoneOffset.UTC);
        int year = time.getYear();
        boolean isUtcTime = year < 2050;
        StringBuilder digits = new StringBuilder("00000000000000Z");
        int end = 14;
        for (int part :
                new int[] {
                    time.getSecond(),
                    time.getMinute(),
                    time.getHour(),
                    time.getDayOfMonth(),
                    time.getMonthValue(),
                    year % 100,
                    year / 100
                }) {
            digits.setCharAt(--end, (char) ('0' + part % 10));
            digits.setCharAt(--end, (char) ('0' + part / 10));
        }
        return isUtcTime
                ? new Time(new DERUTCTime(digits.substring(2)))
                : new Time(new DERGeneralizedTime(digits.toString()));
    }

    private static String shortHex(byte[] bytes) {
        return java.util.HexFormat.of().formatHex(bytes, 0, 4);
    }

    private static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }

    private static Instant earlier(Instant a, Instant b) {
        return a.isBefore(b) ? a : b;
    }
}
