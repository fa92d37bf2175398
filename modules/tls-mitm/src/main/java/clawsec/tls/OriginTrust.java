package clawsec.tls;

import clawsec.ca.HostName;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Verifies origins against {@link Anchors}, loaded by the first thread that needs them, and keeps
 * what a handshake was shown, so that its failure can be explained from the certificates and not
 * from JSSE's texts. Safe for many threads.
 */
final class OriginTrust extends X509ExtendedTrustManager {
    /** The handshake on this thread. */
    static final ScopedValue<Handshake> HANDSHAKE = ScopedValue.newInstance();

    private final FutureTask<X509ExtendedTrustManager> anchors;

    OriginTrust(List<X509Certificate> additional) {
        this.anchors = new FutureTask<>(() -> Anchors.trusting(additional));
    }

    /** What one handshake was shown. Confined to its thread. */
    static final class Handshake {
        private final HostName host;
        private List<X509Certificate> chain = List.of();
        private String authType = "";
        private @Nullable CertificateException rejection;
        private boolean hasCertificateRequest;

        Handshake(HostName host) {
            this.host = host;
        }

        /** The origin asked for a client certificate (RFC 8446 §4.3.2). */
        void noteCertificateRequest() {
            hasCertificateRequest = true;
        }

        boolean hasCertificateRequest() {
            return hasCertificateRequest;
        }

        /** The origin's chain, its own certificate first; empty when none came. */
        List<X509Certificate> chain() {
            return chain;
        }

        /** Why it was not accepted, if it was not. */
        Optional<CertificateException> rejection() {
            return Optional.ofNullable(rejection);
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        if (!HANDSHAKE.isBound()) {
            throw new CertificateException("a certificate came after the handshake");
        }
        Handshake handshake = HANDSHAKE.get();
        handshake.chain = List.of(chain);
        handshake.authType = authType;
        try {
            anchors().checkServerTrusted(chain, authType, socket);
            checkNames(chain[0], handshake.host);
        } catch (CertificateException e) {
            handshake.rejection = e;
            throw e;
        }
    }

    /**
     * RFC 9110 §4.3.4, RFC 6125 §6.4.4: a name in the subject (CN) does not count. JSSE falls back
     * to it where no DNS name is among the alternative names, and only then; an address it looks
     * for among those alone.
     */
    private static void checkNames(X509Certificate certificate, HostName host)
            throws CertificateException {
        if (!(host instanceof HostName.Ip) && AlternativeNames.ofDns(certificate).isEmpty()) {
            throw new CertificateException("no DNS name among the alternative names");
        }
    }

    /** Whether the chain of a rejected handshake is good for some host, just not for this one. */
    boolean acceptsForOtherHost(Handshake handshake) {
        try {
            X509Certificate[] chain = handshake.chain.toArray(X509Certificate[]::new);
            anchors().checkServerTrusted(chain, handshake.authType);
            return true;
        } catch (CertificateException e) {
            return false;
        }
    }

    /** Loads the anchors if they are not there yet. */
    X509ExtendedTrustManager anchors() {
        anchors.run();
        boolean wasInterrupted = false;
        try {
            while (true) {
                try {
                    return anchors.get();
                } catch (InterruptedException e) {
                    wasInterrupted = true; // loading is brief, and nobody can do without it
                } catch (ExecutionException e) {
                    throw new IllegalStateException("loading anchors failed", e.getCause());
                }
            }
        } finally {
            if (wasInterrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        throw new CertificateException("origins are reached over sockets");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType)
            throws CertificateException {
        throw new CertificateException("origins are reached over sockets");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        throw new CertificateException("origins are no clients");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        throw new CertificateException("origins are no clients");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType)
            throws CertificateException {
        throw new CertificateException("origins are no clients");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
