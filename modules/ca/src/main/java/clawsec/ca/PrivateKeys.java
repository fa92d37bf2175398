package clawsec.ca;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.interfaces.ECKey;
import java.security.interfaces.RSAKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.List;

/**
 * Reads a private key from the PEM kinds that tools write: PKCS#8 (RFC 5208), PKCS#1 RSA (RFC 8017
 * §A.1.2) and SEC1 EC (RFC 5915), the last also after an {@code EC PARAMETERS} block.
 */
final class PrivateKeys {
    private static final int P256_BITS = 256;

    /** SEC 1 §2.3.3: 4, then both coordinates. */
    private static final int P256_POINT_BYTES = 1 + 2 * 32;

    static final String PKCS8 = "PRIVATE KEY";
    private static final String PKCS8_ENCRYPTED = "ENCRYPTED PRIVATE KEY";
    private static final String PKCS1 = "RSA PRIVATE KEY";
    private static final String SEC1 = "EC PRIVATE KEY";

    private PrivateKeys() {}

    /** A key, and whether it is known to be the certificate's without trying. */
    record Found(PrivateKey key, boolean namesPublicKey) {}

    /**
     * The first private key of the blocks.
     *
     * @param publicKey what it must belong to, RSA or EC
     * @throws UnfitException when there is none to use
     */
    static Found read(List<Pem.Block> blocks, PublicKey publicKey) throws UnfitException {
        for (Pem.Block block : blocks) {
            if (block.isEncrypted() || block.label().equals(PKCS8_ENCRYPTED)) {
                throw new UnfitException(
                        "holds a key encrypted with a passphrase; decrypt it with: openssl pkey -in"
                                + " OLD -out NEW");
            }
            switch (block.label()) {
                case PKCS8 -> {
                    return decode(block.der(), publicKey);
                }
                case PKCS1 -> {
                    return decode(TraditionalKeys.fromRsa(block.der()), publicKey);
                }
                case SEC1 -> {
                    return decode(TraditionalKeys.fromEc(block.der(), blocks), publicKey);
                }
                default -> {}
            }
        }
        throw new UnfitException(
                "holds no private key in PEM form (a block that starts with '-----BEGIN PRIVATE"
                        + " KEY-----', or RSA or EC before PRIVATE)");
    }

    private static Found decode(byte[] pkcs8, PublicKey publicKey) throws UnfitException {
        String algorithm = publicKey.getAlgorithm();
        try {
            PrivateKey key =
                    KeyFactory.getInstance(algorithm)
                            .generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
            return new Found(key, namesPublicKey(key, pkcs8, publicKey));
        } catch (GeneralSecurityException e) {
            throw new UnfitException(
                    "holds no readable " + algorithm + " key, which the certificate asks for", e);
        }
    }

    /**
     * An RSA key holds its public modulus. An EC key mostly ends with its public point; looking for
     * that costs nothing, while a first signature costs a starting process 50 ms.
     */
    private static boolean namesPublicKey(PrivateKey key, byte[] pkcs8, PublicKey publicKey) {
        if (key instanceof RSAKey secret && publicKey instanceof RSAKey open) {
            return secret.getModulus().equals(open.getModulus());
        }
        byte[] info = publicKey.getEncoded();
        return publicKey instanceof ECKey open
                && open.getParams().getOrder().bitLength() == P256_BITS
                && pkcs8.length > P256_POINT_BYTES
                && Arrays.equals(
                        pkcs8,
                        pkcs8.length - P256_POINT_BYTES,
                        pkcs8.length,
                        info,
                        info.length - P256_POINT_BYTES,
                        info.length);
    }
}
