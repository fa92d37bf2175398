package clawsec.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import clawsec.testkit.HttpScript;
import clawsec.testkit.RawClient;
import clawsec.testkit.ScriptedOrigin;
import clawsec.testkit.TestCa;
import clawsec.testkit.WireMessage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each way in which an origin fails has its own status, words and Proxy-Status (RFC 9209). */
class OriginFailureTest {
    @TempDir Path folder;

    private static void assertFailure(
            ProxyFixture proxy, WireMessage response, int status, String error, String words) {
        assertEquals(status, response.status(), response.toString());
        String proxyStatus = response.field("Proxy-Status").orElse("");
        assertTrue(proxyStatus.startsWith("clawsec; error=" + error + "; details=\""), proxyStatus);
        assertTrue(response.text().contains(words), response.text());
        assertTrue(response.text().contains("\nWhat to do: "), response.text());
        assertEquals(1, proxy.count("origin_" + error));
    }

    private void assertPlain(String authority, int status, String error, String words)
            throws Exception {
        try (ProxyFixture proxy = ProxyFixture.openLimited(folder, OriginFailureTest::hasty);
                RawClient client = proxy.client()) {
            client.send(ProxyFixture.get(authority, "/"));
            assertFailure(proxy, client.readResponse(), status, error, words);
        }
    }

    private static ProxyLimits hasty(ProxyLimits limits) {
        Duration brief = Duration.ofMillis(600);
        return Limits.idle(brief, Limits.connect(brief, Limits.headBytes(1_024, limits)));
    }

    private void assertAnswer(String answer, int status, String error, String words)
            throws Exception {
        HttpScript script =
                HttpScript.of((request, out) -> {
                    out.write(answer.getBytes(StandardCharsets.ISO_8859_1));
                    out.close();
                });
        try (ScriptedOrigin origin = ScriptedOrigin.open(script)) {
            assertPlain(origin.authority(), status, error, words);
        }
    }

    @Test
    void unknownName() throws Exception {
        assertPlain("no-such-name.invalid", 502, "dns_error", "no-such-name.invalid could not be");
        assertPlain("1.2.3.4.5", 502, "dns_error", "1.2.3.4.5 could not be resolved");
    }

    @Test
    void refused() throws Exception {
        assertPlain(
                "127.0.0.1:1",
                502,
                "connection_refused",
                "Nothing accepts connections at 127.0.0.1:1");
    }

    @Test
    void noAnswerToConnect() throws Exception {
        try (FullServer full = FullServer.open()) {
            assertPlain(
                    "127.0.0.1:" + full.port(),
                    504,
                    "connection_timeout",
                    "did not accept a connection within");
        }
    }

    @Test
    void closedBeforeAnAnswer() throws Exception {
        assertAnswer("", 502, "connection_terminated", "closed the connection before it answered");
    }

    @Test
    void closedWithinTheHead() throws Exception {
        assertAnswer(
                "HTTP/1.1 200 OK\r\nX: ",
                502,
                "http_response_incomplete",
                "in the middle of its response");
    }

    @Test
    void noAnswerInTime() throws Exception {
        ScriptedOrigin.Handler silent = (in, out, socket) -> in.readAllBytes();
        try (ScriptedOrigin origin = ScriptedOrigin.open(silent)) {
            assertPlain(
                    origin.authority(), 504, "http_response_timeout", "sent no response for 0.6 s");
        }
    }

    @Test
    void answerThatIsNotHttp() throws Exception {
        assertAnswer("SSH-2.0-x\r\n", 502, "http_protocol_error", "no HTTP/1 status line");
        assertAnswer(
                "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nx",
                502,
                "http_protocol_error",
                "two Content-Lengths that differ");
    }

    @Test
    void headBeyondTheLimit() throws Exception {
        assertAnswer(
                "HTTP/1.1 200 OK\r\nX: " + "x".repeat(1_024) + "\r\n\r\n",
                502,
                "http_response_header_section_size",
                "exceed 1024 bytes");
    }

    private WireMessage answerOfLines(int lines, int maxHeaderBytes) throws Exception {
        String answer =
                "HTTP/1.1 200 OK\r\n" + "X: y\r\n".repeat(lines - 1) + "Content-Length: 0\r\n\r\n";
        try (ScriptedOrigin origin = ScriptedOrigin.open(HttpScript.fixed(answer));
                ProxyFixture proxy =
                        ProxyFixture.openLimited(
                                folder, limits -> Limits.headBytes(maxHeaderBytes, limits));
                RawClient client = proxy.client()) {
            client.send(ProxyFixture.get(origin.authority(), "/"));
            return client.readResponse();
        }
    }

    /** What the answer says to do has to help. */
    @Test
    void moreLinesThanTheLimit_passOnceItIsRaised() throws Exception {
        assertEquals(200, answerOfLines(256, 65_536).status());
        WireMessage refused = answerOfLines(257, 65_536);
        assertEquals(502, refused.status());
        assertTrue(refused.text().contains("more than 256 lines"), refused.text());
        assertTrue(
                refused.text().contains("Raise max_header_bytes")
                        && refused.text().contains("at one for each 256 bytes"),
                refused.text());
        assertEquals(200, answerOfLines(257, 257 * 256).status());
        assertEquals(200, answerOfLines(4_096, 1 << 20).status());
        assertEquals(502, answerOfLines(4_097, 1 << 20).status());
    }

    private void assertTls(SSLContext context, String error, String words) throws Exception {
        try (ProxyFixture proxy = ProxyFixture.open(folder)) {
            assertTls(proxy, context, error, words);
        }
    }

    /** Through a CONNECT, and by an absolute-form request for an https URL: never unverified. */
    private static void assertTls(
            ProxyFixture proxy, SSLContext context, String error, String words) throws Exception {
        HttpScript script = HttpScript.text("must not be reached");
        try (ScriptedOrigin origin = ScriptedOrigin.openTls(context, script)) {
            String authority = "localhost:" + origin.port();
            try (RawClient client = proxy.tlsClient(authority)) {
                client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
                assertFailure(proxy, client.readResponse(), 502, error, words);
            }
            try (RawClient client = proxy.client()) {
                client.send("GET https://" + authority + "/ HTTP/1.1\r\nHost: h\r\n\r\n");
                assertEquals(502, client.readResponse().status());
            }
            assertEquals(0, script.requestCount());
        }
    }

    @Test
    void expiredCertificate() throws Exception {
        try (ProxyFixture proxy = ProxyFixture.open(folder)) {
            SSLContext context = proxy.originCa().expiredContext("localhost");
            assertTls(proxy, context, "tls_certificate_error", "expired on 2");
        }
    }

    @Test
    void certificateOfTomorrow() throws Exception {
        try (ProxyFixture proxy = ProxyFixture.open(folder)) {
            SSLContext context = proxy.originCa().notYetValidContext("localhost");
            assertTls(proxy, context, "tls_certificate_error", "is valid only from 2");
        }
    }

    @Test
    void certificateForAnotherName() throws Exception {
        try (ProxyFixture proxy = ProxyFixture.open(folder)) {
            SSLContext context = proxy.originCa().serverContext("other.example");
            assertTls(
                    proxy, context, "tls_certificate_error", "is not for localhost but for other.");
        }
    }

    @Test
    void selfSignedCertificate() throws Exception {
        assertTls(
                TestCa.selfSignedContext("localhost"), "tls_certificate_error", "signed by itself");
    }

    @Test
    void certificateOfAnUnknownIssuer() throws Exception {
        assertTls(
                TestCa.create().serverContext("localhost"),
                "tls_certificate_error",
                "signed by an issuer this machine does not trust");
    }

    /** RFC 8446 §4.4.2.4: the origin can say so only when the handshake is over for us. */
    @Test
    void clientCertificateWanted() throws Exception {
        for (String protocol : List.of("TLSv1.2", "TLSv1.3")) {
            try (ProxyFixture proxy = ProxyFixture.open(folder)) {
                SSLContext context = proxy.originCa().serverContext("localhost");
                ScriptedOrigin.Handler insisting =
                        (in, out, socket) -> {
                            SSLSocket tls =
                                    (SSLSocket)
                                            context.getSocketFactory()
                                                    .createSocket(socket, null, true);
                            tls.setUseClientMode(false);
                            tls.setEnabledProtocols(new String[] {protocol});
                            tls.setNeedClientAuth(true);
                            tls.getInputStream().readAllBytes();
                        };
                try (ScriptedOrigin origin = ScriptedOrigin.open(insisting);
                        RawClient client = proxy.tlsClient("localhost:" + origin.port())) {
                    client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
                    WireMessage response = client.readResponse();
                    assertEquals(502, response.status());
                    assertTrue(
                            response.text().contains("client certificate, which this "),
                            response.text());
                    assertTrue(response.text().contains("to tunnel_hosts"), response.text());
                }
            }
        }
    }

    @Test
    void plainTextWhereTlsWasExpected() throws Exception {
        ScriptedOrigin.Handler plain =
                (in, out, socket) -> {
                    out.write(
                            "HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                    in.read();
                };
        try (ProxyFixture proxy = ProxyFixture.open(folder);
                ScriptedOrigin origin = ScriptedOrigin.open(plain);
                RawClient client = proxy.client()) {
            client.send("GET https://" + origin.authority() + "/ HTTP/1.1\r\nHost: h\r\n\r\n");
            assertFailure(proxy, client.readResponse(), 502, "tls_protocol_error", "speaks no TLS");
        }
    }

    @Test
    void handshakeThatStalls() throws Exception {
        ScriptedOrigin.Handler silent = (in, out, socket) -> in.readAllBytes();
        try (ScriptedOrigin origin = ScriptedOrigin.open(silent);
                ProxyFixture proxy = ProxyFixture.openLimited(folder, OriginFailureTest::hasty);
                RawClient client = proxy.client()) {
            client.send("GET https://" + origin.authority() + "/ HTTP/1.1\r\nHost: h\r\n\r\n");
            assertFailure(
                    proxy,
                    client.readResponse(),
                    504,
                    "connection_timeout",
                    "accepted the connection but did not complete the TLS handshake within 0.6 s");
        }
    }

    @Test
    void answerToHead_hasNoContent() throws Exception {
        try (ProxyFixture proxy = ProxyFixture.open(folder);
                RawClient client = proxy.client()) {
            client.send(ProxyFixture.request("HEAD", "127.0.0.1:1", "/") + "\r\n");
            assertEquals(502, client.readResponse(true).status());
            client.send("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
            assertEquals(200, client.readResponse().status());
        }
    }
}
