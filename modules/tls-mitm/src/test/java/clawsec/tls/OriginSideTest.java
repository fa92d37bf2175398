package clawsec.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import clawsec.testkit.ScriptedOrigin;
import clawsec.testkit.TestCa;
import clawsec.tls.OriginTlsException.Cause;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OriginSideTest {
    private static final List<String> PROTOCOLS = List.of("http/1.1");
    private static final int TIMEOUT_MILLIS = 20_000;
    private static final String BY_OPERATOR =
            "only the origin's operator can mend this; if you must reach it as it is, add the host"
                    + " to tunnel_hosts and let the client decide";

    @TempDir private Path folder;
    private final TestCa authority = TestCa.create();
    private OriginSide side;

    @BeforeEach
    void trustTheAuthority() throws Exception {
        side =
                OriginSide.of(
                        new TlsConfig(Optional.of(authority.writePem(folder)), Optional.empty()));
    }

    @Test
    void trustedOrigin_isReachedByNameAndByAddress() throws Exception {
        for (String host : List.of("self.example", "127.0.0.1", "::1", "localhost")) {
            try (ScriptedOrigin origin = tls(authority.serverContext(host));
                    SSLSocket socket = connect(origin, host)) {
                assertEquals("TLSv1.3", socket.getSession().getProtocol());
                assertEcho(socket);
            }
        }
    }

    @Test
    void hello_namesDnsNamesOnly_andOffersTheProtocolsAskedFor() throws Exception {
        BlockingQueue<ClientHello> hellos = new LinkedBlockingQueue<>();
        try (ScriptedOrigin origin =
                ScriptedOrigin.open((in, out, socket) -> hellos.add(readHello(in)))) {
            for (String host : List.of("Self.Example.", "localhost", "127.0.0.1", "::1")) {
                assertThrows(OriginTlsException.class, () -> connect(origin, host));
            }
        }
        assertEquals(Optional.of("self.example"), hellos.remove().serverName());
        assertEquals(Optional.of("localhost"), hellos.remove().serverName());
        assertEquals(Optional.empty(), hellos.remove().serverName());
        ClientHello last = hellos.remove();
        assertEquals(Optional.empty(), last.serverName());
        assertEquals(List.of("http/1.1"), last.applicationProtocols());
    }

    @Test
    void applicationProtocol_isNegotiated() throws Exception {
        SSLContext context = authority.serverContext("self.example");
        try (ScriptedOrigin origin =
                ScriptedOrigin.open((in, out, socket) -> {
                    SSLSocket tls =
                            (SSLSocket) context.getSocketFactory().createSocket(socket, null, true);
                    var parameters = tls.getSSLParameters();
                    parameters.setApplicationProtocols(new String[] {"h2", "http/1.1"});
                    tls.setSSLParameters(parameters);
                    echo(tls.getInputStream(), tls.getOutputStream());
                })) {
            try (SSLSocket socket = connect(origin, "self.example")) {
                assertEquals("http/1.1", socket.getApplicationProtocol());
            }
        }
    }

    @Test
    void secondConnection_resumes() throws Exception {
        try (ScriptedOrigin origin = tls(authority.serverContext("self.example", "127.0.0.1"))) {
            for (String host : List.of("self.example", "127.0.0.1")) {
                long first;
                try (SSLSocket socket = connect(origin, host)) {
                    assertEcho(socket);
                    first = socket.getSession().getCreationTime();
                }
                try (SSLSocket socket = connect(origin, host)) {
                    assertEcho(socket);
                    assertEquals(first, socket.getSession().getCreationTime());
                }
            }
        }
    }

    @Test
    void unknownIssuer_isNamed() throws Exception {
        TestCa stranger = TestCa.create();
        OriginTlsException failure = failure(stranger.serverContext("self.example"));
        assertEquals(Cause.UNKNOWN_ISSUER, failure.reason());
        String issuer = stranger.certificate().getSubjectX500Principal().getName();
        assertEquals(
                "the certificate of self.example:443 is signed by an issuer this machine does not"
                        + " trust ("
                        + issuer
                        + ")",
                failure.getMessage());
        assertEquals(
                "add the issuer's certificate to upstream_ca_file if you trust it",
                failure.remedy());
        assertEquals("tls_certificate_error", failure.reason().proxyStatus());
    }

    @Test
    void selfSigned_isSaid() throws Exception {
        OriginTlsException failure = failure(TestCa.selfSignedContext("self.example"));
        assertEquals(Cause.UNKNOWN_ISSUER, failure.reason());
        assertEquals(
                "the certificate of self.example:443 is signed by itself, by no known issuer",
                failure.getMessage());
        assertEquals("add that certificate to upstream_ca_file if you trust it", failure.remedy());
    }

    @Test
    void expired_givesTheDay() throws Exception {
        OriginTlsException failure = failure(authority.expiredContext("self.example"));
        assertEquals(Cause.EXPIRED, failure.reason());
        LocalDate yesterday = LocalDate.now(ZoneOffset.UTC).minusDays(1);
        assertEquals(
                "the certificate of self.example:443 expired on " + yesterday,
                failure.getMessage());
        assertTrue(failure.remedy().startsWith("check this machine's clock, which says 20"));
    }

    @Test
    void notYetValid_givesTheDay() throws Exception {
        OriginTlsException failure = failure(authority.notYetValidContext("self.example"));
        assertEquals(Cause.NOT_YET_VALID, failure.reason());
        LocalDate tomorrow = LocalDate.now(ZoneOffset.UTC).plusDays(1);
        assertEquals(
                "the certificate of self.example:443 is valid only from " + tomorrow,
                failure.getMessage());
    }

    @Test
    void wrongName_listsTheNames() throws Exception {
        OriginTlsException failure =
                failure(authority.serverContext("other.example", "*.third.example", "192.0.2.1"));
        assertEquals(Cause.WRONG_NAME, failure.reason());
        assertEquals(
                "the certificate of self.example:443 is not for self.example but for"
                        + " other.example, *.third.example, 192.0.2.1",
                failure.getMessage());
        assertEquals("check the host name; if it is right, " + BY_OPERATOR, failure.remedy());
    }

    @Test
    void wrongName_listsTenNamesAtMost() throws Exception {
        String[] names = new String[12];
        for (int i = 0; i < names.length; i++) {
            names[i] = "n" + i + ".example";
        }
        String message = String.valueOf(failure(authority.serverContext(names)).getMessage());
        assertTrue(message.endsWith("n8.example, n9.example and 2 more"), message);
    }

    @Test
    void wrongAddress_isAWrongName() throws Exception {
        try (ScriptedOrigin origin = tls(authority.serverContext("127.0.0.2", "127.0.0.1.nip"))) {
            OriginTlsException failure = failure(origin, "127.0.0.1");
            assertEquals(Cause.WRONG_NAME, failure.reason());
            assertEquals(
                    "the certificate of 127.0.0.1:443 is not for 127.0.0.1 but for 127.0.0.2,"
                            + " 127.0.0.1.nip",
                    failure.getMessage());
        }
    }

    @Test
    void rfc9110_4_3_4_nameInTheSubjectAlone_doesNotCount() throws Exception {
        for (String host : List.of("self.example", "other.example")) {
            OriginTlsException failure = failure(authority.commonNameContext(host));
            assertEquals(Cause.WRONG_NAME, failure.reason());
            assertEquals(
                    "the certificate of self.example:443 is for no host: it has no subject"
                            + " alternative name, and the name in its subject (CN="
                            + host
                            + ") does not count",
                    failure.getMessage());
            assertEquals(BY_OPERATOR, failure.remedy());
        }
    }

    @Test
    void chainThatIsNotValid_isExplainedWithoutJavasWords() throws Exception {
        OriginTlsException failure = failure(authority.underLeafContext("self.example"));
        assertEquals(Cause.CERTIFICATE, failure.reason());
        assertEquals(
                "the certificate of self.example:443 cannot be accepted: a certificate in its chain"
                        + " is not one of a CA, and so may not sign another",
                failure.getMessage());
    }

    @Test
    void originThatWantsAClientCertificate_isSaidTo() throws Exception {
        try (ScriptedOrigin origin = asking("TLSv1.2", true)) {
            OriginTlsException failure = failure(origin, "self.example");
            assertEquals(Cause.ALERT, failure.reason());
            assertEquals(
                    "self.example:443 asks for a client certificate, which this proxy does not"
                            + " have, and ended the TLS handshake",
                    failure.getMessage());
            assertEquals(
                    "add the host to tunnel_hosts, so that the client can show its own",
                    failure.remedy());
        }
        // RFC 8446 §4.4.2.4: the client's part is over before the server judges it
        for (boolean isInsisting : new boolean[] {true, false}) {
            try (ScriptedOrigin origin = asking("TLSv1.3", isInsisting);
                    SSLSocket socket = connect(origin, "self.example")) {
                assertTrue(OriginSide.asksForCertificate(socket));
            }
        }
        try (ScriptedOrigin origin = tls(authority.serverContext("self.example"));
                SSLSocket socket = connect(origin, "self.example")) {
            assertFalse(OriginSide.asksForCertificate(socket));
        }
    }

    private ScriptedOrigin asking(String protocol, boolean isInsisting) throws Exception {
        SSLContext context = authority.serverContext("self.example");
        return ScriptedOrigin.open((in, out, socket) -> {
            SSLSocket tls = (SSLSocket) context.getSocketFactory().createSocket(socket, null, true);
            tls.setUseClientMode(false);
            tls.setEnabledProtocols(new String[] {protocol});
            if (isInsisting) {
                tls.setNeedClientAuth(true);
            } else {
                tls.setWantClientAuth(true);
            }
            echo(tls.getInputStream(), tls.getOutputStream());
        });
    }

    @Test
    void plainHttpOrigin_isNoTls() throws Exception {
        try (ScriptedOrigin origin =
                ScriptedOrigin.open((in, out, socket) -> {
                    out.write(
                            "HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                    in.readAllBytes();
                })) {
            OriginTlsException failure = failure(origin, "self.example");
            assertEquals(Cause.PROTOCOL, failure.reason());
            assertEquals("check that the port speaks TLS, and not plain HTTP", failure.remedy());
        }
    }

    @Test
    void originThatHangsUp_closed() throws Exception {
        try (ScriptedOrigin origin = ScriptedOrigin.open((in, out, socket) -> in.read())) {
            OriginTlsException failure = failure(origin, "self.example");
            assertEquals(Cause.CLOSED, failure.reason());
            assertEquals(
                    "self.example:443 closed the connection in the TLS handshake",
                    failure.getMessage());
        }
    }

    @Test
    void originThatResets_closed() throws Exception {
        try (ScriptedOrigin origin =
                ScriptedOrigin.open((in, out, socket) -> {
                    in.read();
                    socket.setSoLinger(true, 0);
                })) {
            assertEquals(Cause.CLOSED, failure(origin, "self.example").reason());
        }
    }

    @Test
    void silentOrigin_timesOut() throws Exception {
        try (ScriptedOrigin origin = ScriptedOrigin.open((in, out, socket) -> in.readAllBytes());
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), origin.port())) {
            socket.setSoTimeout(50);
            assertThrows(
                    SocketTimeoutException.class,
                    () -> side.connect(socket, "self.example", 443, PROTOCOLS));
            assertTrue(socket.isClosed());
        }
    }

    @Test
    void originWithNoVersionInCommon_alerts() throws Exception {
        byte[] alert = {21, 3, 3, 0, 2, 2, 70};
        try (ScriptedOrigin origin =
                ScriptedOrigin.open((in, out, socket) -> {
                    in.read();
                    out.write(alert);
                    in.readAllBytes();
                })) {
            OriginTlsException failure = failure(origin, "self.example");
            assertEquals(Cause.ALERT, failure.reason());
            assertEquals(
                    "self.example:443 ended the TLS handshake with the alert protocol_version",
                    failure.getMessage());
        }
    }

    @Test
    void publicSites_areTrustedByTheSystemsAnchors() throws Exception {
        OriginTrust trust = new OriginTrust(List.of());
        assertTrue(trust.anchors().getAcceptedIssuers().length > 50);
    }

    private static ScriptedOrigin tls(SSLContext context) throws Exception {
        return ScriptedOrigin.openTls(context, (in, out, socket) -> echo(in, out));
    }

    private static void echo(InputStream in, OutputStream out) throws java.io.IOException {
        for (int octet = in.read(); octet >= 0; octet = in.read()) {
            out.write(octet);
        }
    }

    private static void assertEcho(SSLSocket socket) throws Exception {
        socket.getOutputStream().write('x');
        assertEquals('x', socket.getInputStream().read());
    }

    private static ClientHello readHello(InputStream in) throws java.io.IOException {
        ClientHelloDecoder decoder = new ClientHelloDecoder(TlsLimits.DEFAULT);
        ClientHelloEvent event = new ClientHelloEvent.NeedsInput();
        while (event instanceof ClientHelloEvent.NeedsInput) {
            event = decoder.feed(ByteBuffer.wrap(new byte[] {(byte) in.read()}));
        }
        return assertInstanceOf(ClientHelloEvent.Complete.class, event).hello();
    }

    private OriginTlsException failure(SSLContext context) throws Exception {
        try (ScriptedOrigin origin = tls(context)) {
            return failure(origin, "self.example");
        }
    }

    private OriginTlsException failure(ScriptedOrigin origin, String host) {
        return assertThrows(OriginTlsException.class, () -> connect(origin, host));
    }

    private SSLSocket connect(ScriptedOrigin origin, String host) throws Exception {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), origin.port());
        socket.setSoTimeout(TIMEOUT_MILLIS);
        return side.connect(socket, host, 443, PROTOCOLS);
    }
}
