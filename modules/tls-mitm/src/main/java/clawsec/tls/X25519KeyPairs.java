package clawsec.tls;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidParameterException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGeneratorSpi;
import java.security.SecureRandom;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.XECPrivateKeySpec;
import java.security.spec.XECPublicKeySpec;
import org.bouncycastle.math.ec.rfc7748.X25519;
import org.jspecify.annotations.Nullable;

/** Makes X25519 key pairs, in the JDK's own key types. Confined to one thread. */
final class X25519KeyPairs extends KeyPairGeneratorSpi {
    private SecureRandom random = new SecureRandom();

    @Override
    public void initialize(int keyBits, @Nullable SecureRandom source) {
        if (keyBits != X25519Agreement.KEY_BITS) {
            throw new InvalidParameterException(keyBits + " is not " + X25519Agreement.KEY_BITS);
        }
        use(source);
    }

    @Override
    public void initialize(AlgorithmParameterSpec parameters, @Nullable SecureRandom source)
            throws InvalidAlgorithmParameterException {
        if (!X25519Agreement.isX25519(parameters)) {
            throw new InvalidAlgorithmParameterException("only X25519");
        }
        use(source);
    }

    @Override
    public KeyPair generateKeyPair() {
        byte[] scalar = new byte[X25519.SCALAR_SIZE];
        X25519.generatePrivateKey(random, scalar);
        byte[] point = new byte[X25519.POINT_SIZE];
        X25519.generatePublicKey(scalar, 0, point, 0);
        BigInteger u = X25519Agreement.fromLittleEndian(point);
        try {
            KeyFactory factory = KeyFactory.getInstance("XDH");
            return new KeyPair(
                    factory.generatePublic(new XECPublicKeySpec(NamedParameterSpec.X25519, u)),
                    factory.generatePrivate(
                            new XECPrivateKeySpec(NamedParameterSpec.X25519, scalar)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has X25519 keys", e);
        }
    }

    private void use(@Nullable SecureRandom source) {
        if (source != null) {
            random = source;
        }
    }
}
