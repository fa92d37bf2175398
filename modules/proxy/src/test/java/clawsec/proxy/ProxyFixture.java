package clawsec.proxy;

import clawsec.ca.CertificateAuthority;
import clawsec.ca.LeafStore;
import clawsec.testkit.RawClient;
import clawsec.testkit.TestCa;
import clawsec.tls.ClientSide;
import clawsec.tls.OriginSide;
import clawsec.tls.TlsConfig;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;

/** A proxy on a free loopback port that trusts a test's origins and remembers what it inspected. */
final class ProxyFixture implements AutoCloseable {
    private final ProxyServer server;
    private final RecordingInspector inspector = new RecordingInspector();
    private final TestCa originCa = TestCa.create();
    private final SSLContext clientTrust;

    private ProxyFixture(Path folder, UnaryOperator<ProxyConfig> change) throws Exception {
        CertificateAuthority authority =
                CertificateAuthority.open(folder.resolve("ca"), Clock.systemUTC());
        TlsConfig tls =
                new TlsConfig(
                        Optional.of(originCa.writePem(folder)),
                        Optional.empty(),
                        TlsConfig.DEFAULT.applicationProtocols());
        this.clientTrust = TestCa.trusting(authority.certificate());
        this.server =
                ProxyServer.open(
                        change.apply(defaults()),
                        new RootCertificate(authority.pem(), authority.der()),
                        ClientSide.of(LeafStore.of(authority), tls),
                        OriginSide.of(tls),
                        inspector);
    }

    static ProxyFixture open(Path folder) throws Exception {
        return new ProxyFixture(folder, config -> config);
    }

    static ProxyFixture open(Path folder, UnaryOperator<ProxyConfig> change) throws Exception {
        return new ProxyFixture(folder, change);
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

    int port() {
        return server.listeners().getFirst().getPort();
    }

    RawClient client() throws Exception {
        return RawClient.connect(port());
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
