package clawsec.ca;

import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.InstantSource;

/** The root key and certificate. Immutable; safe for use by many threads. */
public final class CertificateAuthority {
    private final X509Certificate certificate;

    private CertificateAuthority(X509Certificate certificate) {
        this.certificate = certificate;
    }

    /**
     * Loads {@code ca.key} and {@code ca.crt} from {@code folder}, or makes both where neither is
     * there.
     */
    public static CertificateAuthority open(Path folder, InstantSource clock)
            throws IOException, CaException {
        throw new CaException("not there yet: " + folder + clock);
    }

    /** The root certificate, to be trusted by clients. */
    public X509Certificate certificate() {
        return certificate;
    }
}
