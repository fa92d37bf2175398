package clawsec.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import clawsec.ca.CertificateAuthority;
import clawsec.ca.LeafStore;
import clawsec.testkit.RawClient;
import clawsec.testkit.TestCa;
import clawsec.tls.ClientSide;
import clawsec.tls.OriginSide;
import clawsec.tls.TlsConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;

/** A proxy on a free loopback port that trusts a test's origins and remembers what it inspected. */
final class ProxyFixture implements AutoCloseable {
    private static final Duration DEADLINE = Duration.ofSeconds(20);

    private final ProxyServer server;
    private final RecordingInspector inspector;
    private final TestCa originCa = TestCa.create();
    private final SSLContext clientTrust;

    private ProxyFixture(Path folder, UnaryOperator<ProxyConfig> change, Inspector chosen)
            throws Exception {
        CertificateAuthority authority =
                CertificateAuthority.open(folder.resolve("ca"), Clock.systemUTC());
        TlsConfig tls = new TlsConfig(Optional.of(originCa.writePem(folder)), Optional.empty());
        this.clientTrust = TestCa.trusting(authority.certificate());
        this.server =
                ProxyServer.open(
                        change.apply(defaults()),
                        new RootCertificate(authority.pem(), authority.der()),
                        ClientSide.of(LeafStore.of(authority), tls),
                        OriginSide.of(tls),
                        chosen);
        this.inspector =
                chosen instanceof RecordingInspector recording
                        ? recording
                        : new RecordingInspector();
    }

    static ProxyFixture open(Path folder) throws Exception {
        return new ProxyFixture(folder, config -> config, new RecordingInspector());
    }

    static ProxyFixture open(Path folder, UnaryOperator<ProxyConfig> change) throws Exception {
        return new ProxyFixture(folder, change, new RecordingInspector());
    }

    /** As {@link #open}, with an inspector of the test's own. */
    static ProxyFixture openInspected(Path folder, Inspector inspector) throws Exception {
        return new ProxyFixture(folder, config -> config, inspector);
    }

    /** As {@link #open}, with other limits. */
    static ProxyFixture openLimited(Path folder, UnaryOperator<ProxyLimits> change)
            throws Exception {
        return open(folder, config -> with(config, change.apply(config.limits())));
    }

    private static ProxyConfig with(ProxyConfig config, ProxyLimits limits) {
        return new ProxyConfig(
                config.listen(),
                config.httpProxy(),
                config.intercept(),
                config.tunnelHosts(),
                config.upstream(),
                config.gateway(),
                limits);
    }

    private static ProxyConfig defaults() {
        return new ProxyConfig(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                true,
                true,
                List.of(),
                Optional.empty(),
                Optional.empty(),
                ProxyLimits.DEFAULT);
    }

    ProxyServer server() {
        return server;
    }

    RecordingInspector inspector() {
        return inspector;
    }

    /** Signs the origins' certificates; the proxy trusts it. */
    TestCa originCa() {
        return originCa;
    }

    /** A client's trust in the monitor's root and nobody else. */
    SSLContext clientTrust() {
        return clientTrust;
    }

    int port() {
        return server.listeners().getFirst().getPort();
    }

    RawClient client() throws Exception {
        return RawClient.connect(port());
    }

    /** Lines as HTTP ends them. */
    static String lines(String... lines) {
        return String.join("\r\n", lines) + "\r\n";
    }

    /** A whole request without content, in absolute-form. */
    static String get(String authority, String path, String... fields) {
        return request("GET", authority, path, fields) + "\r\n";
    }

    /** A request head in absolute-form that lacks only the empty line. */
    static String request(String method, String authority, String path, String... fields) {
        StringBuilder head = new StringBuilder(method + " http://" + authority + path);
        head.append(" HTTP/1.1\r\nHost: ").append(authority).append("\r\n");
        for (String field : fields) {
            head.append(field).append("\r\n");
        }
        return head.toString();
    }

    /** Waits for the end of a connection, proper or by a reset; nothing may come before it. */
    static void assertEnded(RawClient client) throws IOException {
        try {
            assertEquals(0, client.readToEnd().length);
        } catch (SocketException reset) {
            assertTrue(String.valueOf(reset.getMessage()).contains("reset"), reset::toString);
        }
    }

    /** A counter of the snapshot. */
    long count(String name) {
        return server.counters().snapshot().getOrDefault(name, 0L);
    }

    /**
     * Waits until a counter has that value, for what is counted after the client saw its effect.
     */
    void awaitCount(String name, long value) {
        await(
                () -> count(name) == value,
                () -> name + " is not " + value + " in " + server.counters().snapshot());
    }

    /** Waits until so many connections could be evicted: an answer precedes that. */
    void awaitIdle(int connections) {
        await(
                () -> server.idleConnections() == connections,
                () -> server.idleConnections() + " connections idle, not " + connections);
    }

    private static void await(BooleanSupplier condition, Supplier<String> otherwise) {
        long startNanos = System.nanoTime();
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() - startNanos < DEADLINE.toNanos(), otherwise);
            Thread.onSpinWait();
        }
    }

    /** A client that speaks TLS through a CONNECT and trusts the monitor's root. */
    RawClient tlsClient(String authority) throws Exception {
        return RawClient.connectTls(port(), authority, clientTrust);
    }

    @Override
    public void close() {
        server.close();
    }
}
