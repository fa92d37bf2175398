package clawsec.proxy;

import clawsec.http.h2.Http2Setting;
import clawsec.testkit.WireMessage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** Clients of HTTP/2 on each way into the proxy. */
final class Http2Clients {
    private Http2Clients() {}

    /** By a CONNECT and ALPN, with h2 chosen. */
    static Http2Peer overTls(ProxyFixture proxy, String authority, Http2Setting... settings)
            throws IOException {
        SSLSocket socket = shakeHands(proxy, authority, "h2", "http/1.1");
        if (!"h2".equals(socket.getApplicationProtocol())) {
            socket.close();
            throw new IOException("not h2 but " + socket.getApplicationProtocol());
        }
        return client(socket).begin(settings);
    }

    /** A client of HTTP/2 that has not said anything yet. */
    static Http2Peer client(Socket socket) throws IOException {
        return new Http2Peer(socket, socket.getInputStream(), false, stream -> {});
    }

    /** By a CONNECT; ALPN chooses among these. */
    static SSLSocket shakeHands(ProxyFixture proxy, String authority, String... protocols)
            throws IOException {
        Socket raw = tunnel(proxy, authority);
        String host = authority.substring(0, authority.lastIndexOf(':'));
        SSLSocket socket =
                (SSLSocket)
                        proxy.clientTrust()
                                .getSocketFactory()
                                .createSocket(raw, host, proxy.port(), true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        parameters.setApplicationProtocols(protocols);
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }

    /** What is inside a CONNECT, in clear. */
    static Socket tunnel(ProxyFixture proxy, String authority) throws IOException {
        Socket raw = connect(proxy.port());
        raw.getOutputStream()
                .write(
                        ("CONNECT " + authority + " HTTP/1.1\r\nHost: " + authority + "\r\n\r\n")
                                .getBytes(StandardCharsets.US_ASCII));
        WireMessage answer = WireMessage.readResponse(raw.getInputStream(), true);
        if (answer.status() != 200) {
            raw.close();
            throw new IOException(answer.toString());
        }
        return raw;
    }

    private static Socket connect(int port) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        return socket;
    }

    /** By prior knowledge, in clear, at a port of the proxy's own. */
    static Http2Peer inClear(int port, Http2Setting... settings) throws IOException {
        return client(connect(port)).begin(settings);
    }

    /** By prior knowledge, in clear, inside a CONNECT. */
    static Http2Peer insideConnect(ProxyFixture proxy, String authority) throws IOException {
        return client(tunnel(proxy, authority)).begin();
    }

    /** By an upgrade from HTTP/1.1, as that request asks for it. */
    static Http2Peer upgraded(int port, String request) throws IOException {
        Socket socket = connect(port);
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        WireMessage answer = WireMessage.readResponse(socket.getInputStream(), false);
        if (answer.status() != 101 || !answer.fields("Upgrade").contains("h2c")) {
            socket.close();
            throw new IOException(answer.toString());
        }
        Http2Peer peer = client(socket);
        peer.reserve();
        return peer.begin();
    }

    /** A proxy that is in front of a gateway at that port, and nothing else. */
    static ProxyFixture gateway(Path folder, int targetPort) throws Exception {
        InetSocketAddress listen = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        return ProxyFixture.open(
                folder,
                config ->
                        new ProxyConfig(
                                config.listen(),
                                false,
                                config.intercept(),
                                config.tunnelHosts(),
                                Optional.empty(),
                                Optional.of(new GatewayConfig(listen, targetPort)),
                                config.limits()));
    }
}
