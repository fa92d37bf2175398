package clawsec.tls;

import java.security.Provider;
import java.security.Security;
import java.util.List;

/**
 * Shows {@link KeyLog} the secrets that JSSE derives: it comes before the JDK's provider for the
 * two key derivations of TLS 1.3 and the two of TLS 1.2, and lets the JDK do the work. It rests on
 * how the JSSE of JDK 25 finds its derivations; a test compares the log with that of openssl.
 */
final class KeyLogProvider extends Provider {
    private static final long serialVersionUID = 1L;
    private static final List<String> TLS13 = List.of("HKDF-SHA256", "HKDF-SHA384");
    private static final List<String> TLS12 =
            List.of("SunTlsExtendedMasterSecret", "SunTlsMasterSecret");

    private KeyLogProvider() {
        super("ClawSecKeyLog", "1", "TLS secrets for a key log");
        for (String algorithm : TLS13) {
            putService(new MadeService(this, "KDF", algorithm, () -> LoggedHkdf.of(algorithm)));
        }
        for (String algorithm : TLS12) {
            putService(
                    new MadeService(
                            this,
                            "KeyGenerator",
                            algorithm,
                            () -> new LoggedMasterSecret(algorithm)));
        }
    }

    /** Puts it before the JDK's providers; a second call changes nothing. */
    static void install() {
        Security.insertProviderAt(new KeyLogProvider(), 1);
    }
}
