package clawsec.ca;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.operator.ContentSigner;

/**
 * Signs one certificate with the root's key through the JDK's providers. Stands in for {@code
 * JcaContentSignerBuilder}, whose tables of algorithm names cost most of the first certificate.
 * Confined to one signing.
 */
final class RootSigner implements ContentSigner {
    private final PrivateKey key;
    private final boolean isRsa;
    private final ByteArrayOutputStream content = new ByteArrayOutputStream(1024);

    RootSigner(PrivateKey key) {
        this.key = key;
        this.isRsa = key.getAlgorithm().equals("RSA");
    }

    /** The JCA name of the signature made with a key of an algorithm, RSA or EC. */
    static String signatureName(String keyAlgorithm) {
        return keyAlgorithm.equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA";
    }

    @Override
    public AlgorithmIdentifier getAlgorithmIdentifier() {
        // RFC 4055 §5: RSA carries NULL parameters; RFC 5758 §3.2: ECDSA carries none.
        return isRsa
                ? new AlgorithmIdentifier(
                        PKCSObjectIdentifiers.sha256WithRSAEncryption, DERNull.INSTANCE)
                : new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256);
    }

    @Override
    public OutputStream getOutputStream() {
        return content;
    }

    @Override
    public byte[] getSignature() {
        try {
            Signature signature = Signature.getInstance(signatureName(key.getAlgorithm()));
            signature.initSign(key);
            signature.update(content.toByteArray());
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the root's key was checked at start, yet fails", e);
        }
    }
}
