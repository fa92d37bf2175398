package clawsec.tls;

import clawsec.ca.HostName;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * The TLS client end towards origins: name and chain are always verified, and no failure falls back
 * to anything less. Safe for use by many threads.
 */
public final class OriginSide {
    /** What a session remembers of its handshake. */
    private static final String CERTIFICATE_REQUEST = "clawsec.certificateRequest";

    private final SSLSocketFactory sockets;
    private final OriginTrust trust;
    private final @Nullable KeyLog keyLog;
    private final String[] cipherSuites;
    private final String[] protocols;

    private OriginSide(SSLContext context, OriginTrust trust, @Nullable KeyLog keyLog) {
        this.keyLog = keyLog;
        SSLParameters defaults = context.getDefaultSSLParameters();
        this.sockets = context.getSocketFactory();
        this.trust = trust;
        this.cipherSuites = CipherSuites.preferred(defaults.getCipherSuites());
        this.protocols = defaults.getProtocols();
    }

    /**
     * A client end that trusts the system's anchors and the configured ones. The system's are
     * loaded by {@link #warmUp} or the first handshake.
     *
     * @throws TlsConfigException when the upstream CA file cannot be used, or the key log not be
     *     written
     */
    public static OriginSide of(TlsConfig config) throws TlsConfigException {
        JsseSettings.apply();
        Optional<java.nio.file.Path> file = config.upstreamCaFile();
        List<X509Certificate> additional =
                file.isPresent() ? Anchors.readFile(file.get()) : List.of();
        OriginTrust trust = new OriginTrust(additional);
        KeyLog keyLog = KeyLog.of(config);
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(
                    new KeyManager[] {new NoClientCertificate()}, new TrustManager[] {trust}, null);
            return new OriginSide(context, trust, keyLog);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has TLS", e);
        }
    }

    /** Loads the system's anchors now, so that no request has to wait for them. */
    public void warmUp() {
        trust.anchors();
    }

    /**
     * Completes a handshake with an origin.
     *
     * @param socket a connected socket; closed with the returned one, and when this fails
     * @param host the name the certificate must be for: a DNS name, or an IP literal without
     *     brackets
     * @param applicationProtocols the ALPN names to offer, most wanted first
     * @throws OriginTlsException when the origin cannot be trusted or speaks no usable TLS
     * @throws SocketTimeoutException when the socket's timeout passed
     */
    public SSLSocket connect(
            Socket socket, String host, int port, List<String> applicationProtocols)
            throws IOException, OriginTlsException {
        HostName name = HostName.parse(host);
        OriginTrust.Handshake handshake = new OriginTrust.Handshake(name);
        try {
            socket.setTcpNoDelay(true); // a handshake is many small writes
            KeyLog.Session session = keyLog == null ? null : new KeyLog.Session(keyLog, "");
            FlightSocket flights =
                    new FlightSocket(
                            socket,
                            flight -> {
                                if (session != null) {
                                    session.sent(flight);
                                }
                            });
            SSLSocket tls = (SSLSocket) sockets.createSocket(flights, text(name, host), port, true);
            tls.setSSLParameters(parameters(name, applicationProtocols));
            ScopedValue.Carrier scope = ScopedValue.where(OriginTrust.HANDSHAKE, handshake);
            if (session != null) {
                scope = scope.where(KeyLog.SESSION, session);
            }
            scope.call(() -> {
                tls.startHandshake();
                return tls;
            });
            flights.endHandshake();
            if (handshake.hasCertificateRequest()) {
                tls.getSession().putValue(CERTIFICATE_REQUEST, true);
            }
            return tls;
        } catch (SocketTimeoutException tooSlow) {
            socket.close();
            throw tooSlow;
        } catch (IOException e) {
            socket.close();
            throw new HandshakeDiagnosis(host, port, trust, handshake).explain(e);
        }
    }

    /**
     * True when the origin of a connection made by {@link #connect} asked for a client certificate.
     * It got none. If it insists, TLS 1.3 lets it say so only after the handshake.
     */
    public static boolean asksForCertificate(SSLSocket connected) {
        return connected.getSession().getValue(CERTIFICATE_REQUEST) != null;
    }

    private SSLParameters parameters(HostName name, List<String> applicationProtocols) {
        SSLParameters parameters = new SSLParameters(cipherSuites, protocols);
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        parameters.setApplicationProtocols(applicationProtocols.toArray(String[]::new));
        parameters.setServerNames(serverNames(name));
        return parameters;
    }

    /** RFC 6066 §3: IP literals are not sent; nor can JSSE send a name with an underscore. */
    private static List<SNIServerName> serverNames(HostName name) {
        if (name instanceof HostName.Dns(String dns)) {
            try {
                return List.of(new SNIHostName(dns));
            } catch (IllegalArgumentException notSendable) {
                return List.of();
            }
        }
        return List.of();
    }

    private static String text(HostName name, String host) {
        return switch (name) {
            case HostName.Dns(String dns) -> dns;
            case HostName.Ip ip -> ip.text();
            case HostName.Unnameable() -> host;
        };
    }
}
