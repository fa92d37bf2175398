package clawsec.tls;

import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.SecureRandom;
import java.security.spec.AlgorithmParameterSpec;
import javax.crypto.KeyGenerator;
import javax.crypto.KeyGeneratorSpi;
import javax.crypto.SecretKey;

/** The JDK's master secret of TLS 1.2 (RFC 5246 §8.1, RFC 7627 §4), which {@link KeyLog} learns. */
final class LoggedMasterSecret extends KeyGeneratorSpi {
    private final KeyGenerator generator;

    LoggedMasterSecret(String algorithm) {
        try {
            this.generator = KeyGenerator.getInstance(algorithm, "SunJCE");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK 25 has " + algorithm, e);
        }
    }

    @Override
    protected void engineInit(SecureRandom random) {
        generator.init(random);
    }

    @Override
    protected void engineInit(AlgorithmParameterSpec parameters, SecureRandom random)
            throws InvalidAlgorithmParameterException {
        generator.init(parameters, random);
    }

    @Override
    protected void engineInit(int keyBits, SecureRandom random) {
        generator.init(keyBits, random);
    }

    @Override
    protected SecretKey engineGenerateKey() {
        SecretKey key = generator.generateKey();
        byte[] secret = key.getEncoded();
        if (KeyLog.SESSION.isBound() && secret != null) {
            KeyLog.SESSION.get().add("CLIENT_RANDOM", secret);
        }
        return key;
    }
}
