package clawsec.tls;

import java.math.BigInteger;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.SecureRandom;
import java.security.interfaces.XECPrivateKey;
import java.security.interfaces.XECPublicKey;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.NamedParameterSpec;
import javax.crypto.KeyAgreementSpi;
import javax.crypto.SecretKey;
import javax.crypto.ShortBufferException;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.math.ec.rfc7748.X25519;
import org.jspecify.annotations.Nullable;

/** X25519 (RFC 7748 §6.1) between keys of the JDK's types. Confined to one thread. */
final class X25519Agreement extends KeyAgreementSpi {
    static final int KEY_BITS = 255;

    private byte @Nullable [] scalar;
    private byte @Nullable [] secret;

    static boolean isX25519(AlgorithmParameterSpec parameters) {
        return parameters instanceof NamedParameterSpec named
                && named.getName().equals(NamedParameterSpec.X25519.getName());
    }

    static BigInteger fromLittleEndian(byte[] bytes) {
        return new BigInteger(1, reversed(bytes));
    }

    @Override
    protected void engineInit(Key key, @Nullable SecureRandom random) throws InvalidKeyException {
        if (!(key instanceof XECPrivateKey own) || !isX25519(own.getParams())) {
            throw new InvalidKeyException("only X25519");
        }
        scalar = own.getScalar().orElseThrow(() -> new InvalidKeyException("no scalar to read"));
        secret = null;
    }

    @Override
    protected void engineInit(
            Key key, @Nullable AlgorithmParameterSpec parameters, @Nullable SecureRandom random)
            throws InvalidKeyException, InvalidAlgorithmParameterException {
        if (parameters != null) {
            throw new InvalidAlgorithmParameterException("X25519 has no parameters");
        }
        engineInit(key, random);
    }

    @Override
    protected @Nullable Key engineDoPhase(Key key, boolean isLastPhase) throws InvalidKeyException {
        if (scalar == null) {
            throw new IllegalStateException("not initialized");
        }
        if (!isLastPhase) {
            throw new IllegalStateException("X25519 has one phase");
        }
        if (!(key instanceof XECPublicKey peer) || !isX25519(peer.getParams())) {
            throw new InvalidKeyException("only X25519");
        }
        byte[] agreed = new byte[X25519.POINT_SIZE];
        // RFC 8446 §7.4.2: an all-zero secret, of a point of small order, ends the handshake.
        if (!X25519.calculateAgreement(scalar, 0, toLittleEndian(peer.getU()), 0, agreed, 0)) {
            throw new InvalidKeyException("the peer's point has small order");
        }
        secret = agreed;
        return null;
    }

    @Override
    protected byte[] engineGenerateSecret() {
        if (secret == null) {
            throw new IllegalStateException("no agreement yet");
        }
        byte[] agreed = secret;
        secret = null;
        return agreed;
    }

    @Override
    protected int engineGenerateSecret(byte[] target, int offset) throws ShortBufferException {
        if (target.length - offset < X25519.POINT_SIZE) {
            throw new ShortBufferException("the secret has " + X25519.POINT_SIZE + " bytes");
        }
        System.arraycopy(engineGenerateSecret(), 0, target, offset, X25519.POINT_SIZE);
        return X25519.POINT_SIZE;
    }

    @Override
    protected SecretKey engineGenerateSecret(String algorithm) {
        return new SecretKeySpec(engineGenerateSecret(), algorithm);
    }

    /** RFC 7748 §5: a coordinate is taken modulo 2^255 at least, so longer ones lose their top. */
    private static byte[] toLittleEndian(BigInteger u) {
        byte[] bytes = reversed(u.mod(BigInteger.ONE.shiftLeft(KEY_BITS)).toByteArray());
        return java.util.Arrays.copyOf(bytes, X25519.POINT_SIZE);
    }

    private static byte[] reversed(byte[] bytes) {
        byte[] reversed = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            reversed[i] = bytes[bytes.length - 1 - i];
        }
        return reversed;
    }
}
