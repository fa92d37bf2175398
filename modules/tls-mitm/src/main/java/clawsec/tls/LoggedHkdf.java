package clawsec.tls;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.NoSuchAlgorithmException;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Map;
import javax.crypto.KDF;
import javax.crypto.KDFParameters;
import javax.crypto.KDFSpi;
import javax.crypto.SecretKey;
import javax.crypto.spec.HKDFParameterSpec;
import org.jspecify.annotations.Nullable;

/** The JDK's HKDF, which tells {@link KeyLog} the traffic secrets of TLS 1.3 that come from it. */
final class LoggedHkdf extends KDFSpi {
    /** RFC 8446 §7.1 to RFC 9850 §2.1. */
    private static final Map<String, String> LABELS =
            Map.of(
                    "tls13 c hs traffic", "CLIENT_HANDSHAKE_TRAFFIC_SECRET",
                    "tls13 s hs traffic", "SERVER_HANDSHAKE_TRAFFIC_SECRET",
                    "tls13 c ap traffic", "CLIENT_TRAFFIC_SECRET_0",
                    "tls13 s ap traffic", "SERVER_TRAFFIC_SECRET_0",
                    "tls13 exp master", "EXPORTER_SECRET");

    private final KDF hkdf;

    private LoggedHkdf(KDF hkdf) throws InvalidAlgorithmParameterException {
        super(null);
        this.hkdf = hkdf;
    }

    static LoggedHkdf of(String algorithm) {
        try {
            return new LoggedHkdf(KDF.getInstance(algorithm, "SunJCE"));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK 25 has " + algorithm, e);
        }
    }

    @Override
    protected @Nullable KDFParameters engineGetParameters() {
        return null;
    }

    @Override
    protected SecretKey engineDeriveKey(String algorithm, AlgorithmParameterSpec derivation)
            throws InvalidAlgorithmParameterException, NoSuchAlgorithmException {
        SecretKey key = hkdf.deriveKey(algorithm, derivation);
        if (KeyLog.SESSION.isBound() && derivation instanceof HKDFParameterSpec.Expand expand) {
            String label = LABELS.get(label(expand.info()));
            byte[] secret = key.getEncoded();
            if (label != null && secret != null) {
                KeyLog.SESSION.get().add(label, secret);
            }
        }
        return key;
    }

    @Override
    protected byte[] engineDeriveData(AlgorithmParameterSpec derivation)
            throws InvalidAlgorithmParameterException {
        return hkdf.deriveData(derivation);
    }

    /** RFC 8446 §7.1, HkdfLabel: two bytes of length, then the label after its own length. */
    private static String label(byte @Nullable [] info) {
        if (info == null || info.length < 3 || info.length < 3 + (info[2] & 0xff)) {
            return "";
        }
        return new String(info, 3, info[2] & 0xff, StandardCharsets.US_ASCII);
    }
}
