package clawsec.ca;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.RSAPrivateKey;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/**
 * Reads a private key from the PEM kinds that tools write: PKCS#8 (RFC 5208), PKCS#1 RSA (RFC 8017
 * §A.1.2) and SEC1 EC (RFC 5915), the last also after an {@code EC PARAMETERS} block.
 */
final class PrivateKeys {
    private static final String PKCS8 = "PRIVATE KEY";
    private static final String PKCS8_ENCRYPTED = "ENCRYPTED PRIVATE KEY";
    private static final String PKCS1 = "RSA PRIVATE KEY";
    private static final String SEC1 = "EC PRIVATE KEY";
    private static final String EC_PARAMETERS = "EC PARAMETERS";

    private PrivateKeys() {}

    /**
     * The first private key of the blocks.
     *
     * @param algorithm the JCA name of the public key's algorithm, RSA or EC
     * @throws IllegalArgumentException when there is none to use; the message says why, as the end
     *     of a sentence whose start names the file
     */
    static PrivateKey read(List<Pem.Block> blocks, String algorithm) {
        for (Pem.Block block : blocks) {
            if (block.isEncrypted() || block.label().equals(PKCS8_ENCRYPTED)) {
                throw new IllegalArgumentException(
                        "holds a key encrypted with a passphrase; decrypt it with: openssl pkey -in"
                                + " OLD -out NEW");
            }
            switch (block.label()) {
                case PKCS8 -> {
                    return decode(block.der(), algorithm);
                }
                case PKCS1 -> {
                    return decode(fromPkcs1(block.der()), algorithm);
                }
                case SEC1 -> {
                    return decode(fromSec1(block.der(), parameters(blocks)), algorithm);
                }
                default -> {}
            }
        }
        throw new IllegalArgumentException(
                "holds no private key in PEM form (a block that starts with '-----BEGIN PRIVATE"
                        + " KEY-----', or RSA or EC before PRIVATE)");
    }

    private static PrivateKey decode(byte[] pkcs8, String algorithm) {
        try {
            return KeyFactory.getInstance(algorithm)
                    .generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException(
                    "holds no readable " + algorithm + " key, which the certificate asks for", e);
        }
    }

    private static byte[] fromPkcs1(byte[] der) {
        try {
            AlgorithmIdentifier rsa =
                    new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE);
            return new PrivateKeyInfo(rsa, RSAPrivateKey.getInstance(der)).getEncoded();
        } catch (IOException | IllegalArgumentException e) {
            throw new IllegalArgumentException("holds a broken RSA key (PKCS#1)", e);
        }
    }

    private static byte[] fromSec1(byte[] der, Optional<ASN1Encodable> outer) {
        try {
            ECPrivateKey key = ECPrivateKey.getInstance(der);
            ASN1Encodable curve = key.getParametersObject();
            if (curve == null) {
                curve =
                        outer.orElseThrow(() ->
                                new IllegalArgumentException("holds an EC key without its curve"));
            }
            AlgorithmIdentifier ec =
                    new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, curve);
            return new PrivateKeyInfo(ec, key).getEncoded();
        } catch (IOException | ClassCastException | IllegalStateException e) {
            throw new IllegalArgumentException("holds a broken EC key (SEC1)", e);
        }
    }

    private static Optional<ASN1Encodable> parameters(List<Pem.Block> blocks) {
        for (Pem.Block block : blocks) {
            if (block.label().equals(EC_PARAMETERS)) {
                try {
                    return Optional.of(
                            ASN1ObjectIdentifier.getInstance(
                                    ASN1Primitive.fromByteArray(block.der())));
                } catch (IOException e) {
                    throw new IllegalArgumentException("holds broken EC PARAMETERS", e);
                }
            }
        }
        return Optional.empty();
    }
}
