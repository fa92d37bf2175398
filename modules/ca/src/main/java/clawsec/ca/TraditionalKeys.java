package clawsec.ca;

import java.io.IOException;
import java.math.BigInteger;
import java.security.KeyPair;
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
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/**
 * Brings key encodings that the JDK does not read to PKCS#8. Apart from {@link PrivateKeys}, so
 * that a start with a key in PKCS#8 loads nothing of Bouncy Castle.
 */
final class TraditionalKeys {
    private static final String EC_PARAMETERS = "EC PARAMETERS";

    private TraditionalKeys() {}

    /** A P-256 key as PKCS#8 with its public key inside, as openssl writes it (RFC 5915 §3). */
    static byte[] encode(KeyPair pair) {
        try {
            SubjectPublicKeyInfo info =
                    SubjectPublicKeyInfo.getInstance(pair.getPublic().getEncoded());
            BigInteger secret = ((java.security.interfaces.ECPrivateKey) pair.getPrivate()).getS();
            ECPrivateKey key = new ECPrivateKey(256, secret, info.getPublicKeyData(), null);
            return new PrivateKeyInfo(info.getAlgorithm(), key).getEncoded();
        } catch (IOException e) {
            throw new IllegalStateException("encoding to memory failed", e);
        }
    }

    /** A PKCS#1 key as PKCS#8. */
    static byte[] fromRsa(byte[] der) throws UnfitException {
        try {
            AlgorithmIdentifier rsa =
                    new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE);
            return new PrivateKeyInfo(rsa, RSAPrivateKey.getInstance(der)).getEncoded();
        } catch (IOException | IllegalArgumentException | IllegalStateException e) {
            throw new UnfitException("holds a broken RSA key (PKCS#1)", e);
        }
    }

    /** A SEC1 key as PKCS#8; its curve may stand in another block. */
    static byte[] fromEc(byte[] der, List<Pem.Block> blocks) throws UnfitException {
        Optional<ASN1Encodable> outer = parameters(blocks);
        try {
            ECPrivateKey key = ECPrivateKey.getInstance(der);
            ASN1Encodable curve = key.getParametersObject();
            if (curve == null && outer.isEmpty()) {
                throw new UnfitException("holds an EC key without its curve");
            }
            if (curve == null) {
                curve = outer.get();
            }
            AlgorithmIdentifier ec =
                    new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, curve);
            return new PrivateKeyInfo(ec, key).getEncoded();
        } catch (IOException
                | IllegalArgumentException
                | IllegalStateException
                | ClassCastException e) {
            throw new UnfitException("holds a broken EC key (SEC1)", e);
        }
    }

    private static Optional<ASN1Encodable> parameters(List<Pem.Block> blocks)
            throws UnfitException {
        for (Pem.Block block : blocks) {
            if (block.label().equals(EC_PARAMETERS)) {
                try {
                    return Optional.of(
                            ASN1ObjectIdentifier.getInstance(
                                    ASN1Primitive.fromByteArray(block.der())));
                } catch (IOException | IllegalArgumentException e) {
                    throw new UnfitException("holds broken EC PARAMETERS", e);
                }
            }
        }
        return Optional.empty();
    }
}
