package clawsec.tls;

import clawsec.ca.LeafStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/** The TLS server end towards the agent. Immutable; safe for use by many threads. */
public final class ClientSide {
    /** Alerts with which clients say that they do not trust a certificate (RFC 8446 §6.2). */
    private static final Set<String> REFUSALS =
            Set.of(
                    "bad_certificate",
                    "unsupported_certificate",
                    "certificate_revoked",
                    "certificate_expired",
                    "certificate_unknown",
                    "unknown_ca",
                    "access_denied");

    /** A name that no client asks for (RFC 6761 §6.4). */
    private static final String WARM_UP_HOST = "warm-up.invalid";

    private final LeafStore leaves;
    private final SSLSocketFactory sockets;
    private final @Nullable KeyLog keyLog;
    private final SSLContext context;

    /** By ALPN names; none is changed after it was made. */
    private final Map<List<String>, SSLParameters> parameters = new ConcurrentHashMap<>();

    private ClientSide(LeafStore leaves, SSLContext context, @Nullable KeyLog keyLog) {
        this.leaves = leaves;
        this.keyLog = keyLog;
        this.sockets = context.getSocketFactory();
        this.context = context;
    }

    /**
     * A server end that shows a leaf of this store to each client.
     *
     * @throws TlsConfigException when the key log cannot be written
     */
    public static ClientSide of(LeafStore leaves, TlsConfig config) throws TlsConfigException {
        JsseSettings.apply();
        KeyLog keyLog = KeyLog.of(config);
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            // No trust managers: clients show no certificate, and the default loads all anchors.
            context.init(new KeyManager[] {new LeafKeys(leaves)}, new TrustManager[0], null);
            return new ClientSide(leaves, context, keyLog);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has TLS", e);
        }
    }

    /**
     * Signs a first leaf, so that no client has to wait for the key and the classes of it; of use
     * where a thread is idle anyhow.
     */
    public void warmUp() {
        leaves.leaf(WARM_UP_HOST);
    }

    /**
     * Completes a handshake as {@code host}. Speaks TLS 1.2 and 1.3; a client whose ALPN names are
     * all unknown is answered without ALPN.
     *
     * @param socket the accepted connection; closed with the returned socket, and when this fails
     * @param consumed the bytes already read from it (the ClientHello, and what came with it)
     * @param host the name the leaf is for: SNI, or the CONNECT host where there is none
     * @param protocols the ALPN names to speak, most wanted first
     * @throws RefusedLeafException when the client ended the handshake because of our certificate
     * @throws SocketTimeoutException when the socket's timeout passed
     * @throws IOException when it failed otherwise; the message says how, in plain words
     */
    public SSLSocket accept(
            Socket socket,
            ByteBuffer consumed,
            ClientHello hello,
            String host,
            List<String> protocols)
            throws IOException, RefusedLeafException {
        byte[] replayed = new byte[consumed.remaining()];
        consumed.get(replayed);
        LeafKeys.Handshake handshake = new LeafKeys.Handshake(host);
        try {
            socket.setTcpNoDelay(true);
            FlightSocket flights = new FlightSocket(socket, flight -> {});
            SSLSocket tls =
                    (SSLSocket)
                            sockets.createSocket(flights, new ByteArrayInputStream(replayed), true);
            tls.setSSLParameters(parameters(hello, protocols));
            ScopedValue.Carrier scope = ScopedValue.where(LeafKeys.HANDSHAKE, handshake);
            if (keyLog != null) {
                scope = scope.where(KeyLog.SESSION, new KeyLog.Session(keyLog, hello.random()));
            }
            scope.call(() -> {
                tls.startHandshake();
                return tls;
            });
            flights.endHandshake();
            return tls;
        } catch (IOException e) {
            socket.close();
            throw explained(e, handshake, host);
        }
    }

    /** RFC 7301 §3.2: without a name in common JSSE would end the handshake. */
    private SSLParameters parameters(ClientHello hello, List<String> protocols) {
        boolean hasCommon = hello.applicationProtocols().stream().anyMatch(protocols::contains);
        return parameters.computeIfAbsent(hasCommon ? protocols : List.of(), this::parameters);
    }

    private SSLParameters parameters(List<String> protocols) {
        SSLParameters defaults = context.getDefaultSSLParameters();
        SSLParameters made =
                new SSLParameters(
                        CipherSuites.preferred(defaults.getCipherSuites()),
                        defaults.getProtocols());
        made.setUseCipherSuitesOrder(true);
        made.setApplicationProtocols(protocols.toArray(String[]::new));
        return made;
    }

    private static IOException explained(
            IOException failure, LeafKeys.Handshake handshake, String host) {
        if (failure instanceof SocketTimeoutException) {
            return failure;
        }
        Optional<String> alert = Alerts.received(failure);
        if (alert.isPresent() && REFUSALS.contains(alert.get())) {
            return new RefusedLeafException(
                    "the client refused our certificate for "
                            + host
                            + " with the alert "
                            + alert.get(),
                    failure);
        }
        if (alert.isPresent()) {
            return new IOException(
                    "the client ended the TLS handshake for "
                            + host
                            + " with the alert "
                            + alert.get(),
                    failure);
        }
        if (TransportFailure.isIn(failure)) {
            String text = "the client closed the connection in the TLS handshake for " + host;
            return handshake.showsLeaf()
                    ? new RefusedLeafException(text + " after it saw our certificate", failure)
                    : new IOException(text, failure);
        }
        return new IOException(
                "the TLS handshake with the client for "
                        + host
                        + " failed: "
                        + failure.getMessage(),
                failure);
    }
}
