package clawsec.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import clawsec.ca.CertificateAuthority;
import clawsec.ca.LeafStore;
import clawsec.testkit.TestCa;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClientSideTest {
    @TempDir private Path folder;
    private CertificateAuthority authority;
    private InterceptingServer server;
    private SSLContext trusting;

    @BeforeEach
    void startServer() throws Exception {
        authority = CertificateAuthority.open(folder, InstantSource.system());
        ClientSide side = ClientSide.of(LeafStore.of(authority), TlsConfig.DEFAULT);
        server = new InterceptingServer(side, "127.0.0.1");
        trusting = TestCa.trusting(authority.certificate());
    }

    @AfterEach
    void stopServer() throws Exception {
        server.close();
    }

    @Test
    void name_isThatOfTheHello() throws Exception {
        SSLSession session = exchange(client(trusting, "self.example", parameters()));
        assertEquals("self.example", server.accepted().host());
        X509Certificate leaf = (X509Certificate) session.getPeerCertificates()[0];
        assertEquals(List.of(List.of(2, "self.example")), List.copyOf(names(leaf)));
        assertEquals(authority.certificate(), session.getPeerCertificates()[1]);
    }

    @Test
    void noName_getsTheLeafOfTheConnectHost() throws Exception {
        SSLSession session = exchange(client(trusting, "127.0.0.1", parameters()));
        assertEquals("127.0.0.1", server.accepted().host());
        X509Certificate leaf = (X509Certificate) session.getPeerCertificates()[0];
        assertEquals(List.of(List.of(7, "127.0.0.1")), List.copyOf(names(leaf)));
    }

    @Test
    void tls13AndTls12_areSpoken_withAes128First() throws Exception {
        for (String protocol : List.of("TLSv1.3", "TLSv1.2")) {
            SSLParameters parameters = parameters();
            parameters.setProtocols(new String[] {protocol});
            exchange(client(trusting, "self.example", parameters));
            InterceptingServer.Accepted accepted = server.accepted();
            assertEquals(protocol, accepted.protocol());
            assertTrue(accepted.cipherSuite().contains("AES_128_GCM"), accepted.cipherSuite());
        }
    }

    @Test
    void applicationProtocol_isHttp11_orNoneWhereTheClientHasNoneOfOurs() throws Exception {
        SSLParameters both = parameters();
        both.setApplicationProtocols(new String[] {"h2", "http/1.1"});
        exchange(client(trusting, "self.example", both));
        assertEquals("http/1.1", server.accepted().applicationProtocol());
        SSLParameters unknown = parameters();
        unknown.setApplicationProtocols(new String[] {"h2", "spdy/3"});
        exchange(client(trusting, "self.example", unknown));
        assertEquals("", server.accepted().applicationProtocol());
        exchange(client(trusting, "self.example", parameters()));
        assertEquals("", server.accepted().applicationProtocol());
    }

    @Test
    void applicationProtocol_isTheMostWantedOneInCommon() throws Exception {
        ClientSide side = ClientSide.of(LeafStore.of(authority), TlsConfig.DEFAULT);
        try (InterceptingServer other =
                new InterceptingServer(side, "127.0.0.1", List.of("h2", "http/1.1"))) {
            SSLParameters both = parameters();
            both.setApplicationProtocols(new String[] {"http/1.1", "h2"});
            exchange(client(trusting, other, "self.example", both));
            assertEquals("h2", other.accepted().applicationProtocol());
        }
    }

    @Test
    void secondConnection_resumes_inBothVersions_withAndWithoutName() throws Exception {
        for (String protocol : List.of("TLSv1.3", "TLSv1.2")) {
            for (String host : List.of("self.example", "127.0.0.1")) {
                SSLContext fresh = TestCa.trusting(authority.certificate());
                SSLParameters parameters = parameters();
                parameters.setProtocols(new String[] {protocol});
                long first = exchange(client(fresh, host, parameters)).getCreationTime();
                long second = exchange(client(fresh, host, parameters)).getCreationTime();
                assertEquals(first, second, protocol + " to " + host + " did not resume");
            }
        }
    }

    @Test
    void distrustingClient_isReportedWithItsAlert() throws Exception {
        SSLContext stranger = TestCa.create().clientContext();
        for (String protocol : List.of("TLSv1.3", "TLSv1.2")) {
            SSLParameters parameters = parameters();
            parameters.setProtocols(new String[] {protocol});
            assertThrows(
                    SSLException.class,
                    () -> exchange(client(stranger, "self.example", parameters)));
            IOException failure = server.failure();
            assertInstanceOf(RefusedLeafException.class, failure);
            assertEquals(
                    "the client refused our certificate for self.example with the alert"
                            + " certificate_unknown",
                    failure.getMessage());
        }
    }

    @Test
    void clientThatClosesAfterOurCertificate_isReported() throws Exception {
        try (Socket socket = server.connect()) {
            socket.getOutputStream().write(Hellos.ofJsse("self.example"));
            for (int record = 0; record < 6; record++) { // all that the server has to say
                byte[] header = socket.getInputStream().readNBytes(5);
                socket.getInputStream().readNBytes((header[3] & 0xff) << 8 | (header[4] & 0xff));
            }
            socket.setSoLinger(true, 0);
        }
        IOException failure = server.failure();
        assertInstanceOf(RefusedLeafException.class, failure);
        assertEquals(
                "the client closed the connection in the TLS handshake for self.example after it"
                        + " saw our certificate",
                failure.getMessage());
    }

    @Test
    void helloThatJsseCannotAnswer_isNoRefusal() throws Exception {
        try (Socket socket = server.connect()) {
            socket.getOutputStream().write(Hellos.with(Hellos.serverName("self.example")));
            assertEquals(21, socket.getInputStream().read()); // an alert
        }
        IOException failure = server.failure();
        assertFalse(failure instanceof RefusedLeafException);
        String message = String.valueOf(failure.getMessage());
        assertTrue(
                message.startsWith("the TLS handshake with the client for self.example failed: "),
                message);
    }

    @Test
    void silentClient_timesOut() throws Exception {
        ClientSide side = ClientSide.of(LeafStore.of(authority), TlsConfig.DEFAULT);
        byte[] wire = Hellos.ofJsse("self.example");
        ClientHelloDecoder decoder = new ClientHelloDecoder(TlsLimits.DEFAULT);
        ClientHello hello =
                assertInstanceOf(
                                ClientHelloEvent.Complete.class,
                                decoder.feed(ByteBuffer.wrap(wire)))
                        .hello();
        try (java.net.ServerSocket listener = new java.net.ServerSocket(0);
                Socket client = new Socket(listener.getInetAddress(), listener.getLocalPort());
                Socket accepted = listener.accept()) {
            accepted.setSoTimeout(50);
            assertThrows(
                    SocketTimeoutException.class,
                    () ->
                            side.accept(
                                    accepted,
                                    decoder.consumed(),
                                    hello,
                                    "self.example",
                                    List.of()));
            assertTrue(accepted.isClosed());
            assertTrue(client.isConnected());
        }
    }

    @Test
    void hostNameThatNobodyCanHave_failsForTheClientAlone() throws Exception {
        ClientSide side = ClientSide.of(LeafStore.of(authority), TlsConfig.DEFAULT);
        try (InterceptingServer other = new InterceptingServer(side, "*.exa mple\u0000")) {
            assertThrows(
                    SSLException.class,
                    () -> exchange(client(trusting, other, "127.0.0.1", parameters())));
            assertInstanceOf(RefusedLeafException.class, other.failure());
        }
    }

    private SSLSocket client(SSLContext context, String host, SSLParameters parameters)
            throws IOException {
        return client(context, server, host, parameters);
    }

    private static SSLSocket client(
            SSLContext context, InterceptingServer server, String host, SSLParameters parameters)
            throws IOException {
        if (!Character.isDigit(host.charAt(0))) {
            parameters.setServerNames(List.of(new SNIHostName(host)));
        }
        SSLSocket socket =
                (SSLSocket)
                        context.getSocketFactory().createSocket(server.connect(), host, 443, true);
        socket.setSSLParameters(parameters);
        return socket;
    }

    private static SSLParameters parameters() {
        SSLParameters parameters = new SSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        return parameters;
    }

    private static SSLSession exchange(SSLSocket socket) throws IOException {
        try (socket) {
            socket.getOutputStream()
                    .write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            byte[] answer = socket.getInputStream().readAllBytes();
            String text = new String(answer, StandardCharsets.US_ASCII);
            assertTrue(text.endsWith("\r\n\r\nhello\n"), text);
            return socket.getSession();
        }
    }

    private static List<List<?>> names(X509Certificate leaf) throws Exception {
        return List.copyOf(leaf.getSubjectAlternativeNames());
    }
}
