package clawsec.ca;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;

/** The root key and certificate. Immutable; safe for use by many threads. */
public final class CertificateAuthority {
    private final RootPair root;
    private final InstantSource clock;
    private final List<String> notes;

    private CertificateAuthority(RootPair root, InstantSource clock, List<String> notes) {
        this.root = root;
        this.clock = clock;
        this.notes = List.copyOf(notes);
    }

    /**
     * Loads {@code ca.key} and {@code ca.crt} from {@code folder}, or makes both where neither is
     * there (a P-256 root for ten years; the folder 0700, the key 0600). Of several processes that
     * start at once in an empty folder one makes the pair and all load it.
     *
     * @param clock judges whether the root is valid now, and dates the leaves
     * @throws CaException when what is there cannot be used; nothing was overwritten
     * @throws IOException when the folder cannot be made or written
     */
    public static CertificateAuthority open(Path folder, InstantSource clock)
            throws IOException, CaException {
        RootFolder files = new RootFolder(folder);
        RootPair pair = files.loadOrMake(clock.instant());
        return new CertificateAuthority(pair, clock, files.notes());
    }

    /** The root certificate, to be trusted by clients. */
    public X509Certificate certificate() {
        return root.certificate();
    }

    /** The root certificate as X.509 DER; a copy. */
    public byte[] der() {
        return der(root.certificate());
    }

    /** The root certificate as PEM (RFC 7468), in ASCII; a copy. */
    public byte[] pem() {
        return Pem.format(RootPair.CERTIFICATE, der()).getBytes(StandardCharsets.US_ASCII);
    }

    /** SHA-256 over {@link #der}: upper-case hex, a colon between bytes, as openssl prints it. */
    public String fingerprint() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(der());
            return HexFormat.ofDelimiter(":").withUpperCase().formatHex(digest);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /**
     * What opening found worth a line in the log: that the pair was made, that the key file's
     * permissions were tightened, that the root ends soon. Often empty.
     */
    public List<String> notes() {
        return notes;
    }

    Instant now() {
        return clock.instant();
    }

    X509Certificate issue(HostName name, PublicKey leafKey, Instant now) {
        return CertificateMaker.leaf(name, leafKey, root.certificate(), root.key(), now);
    }

    static byte[] der(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("a parsed certificate has its encoding", e);
        }
    }
}
