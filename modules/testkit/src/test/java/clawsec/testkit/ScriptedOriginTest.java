package clawsec.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;

class ScriptedOriginTest {
    private static final TestCa CA = TestCa.create();

    @Test
    void open_twoRequestsOnOneConnection_bothEchoedAndRemembered() throws Exception {
        HttpScript script = HttpScript.echo();
        try (ScriptedOrigin origin = ScriptedOrigin.open(script);
                RawClient client = RawClient.connect(origin.port())) {
            client.send("POST /a HTTP/1.1\r\nContent-Length: 3\r\n\r\none");
            assertEquals("one", client.readResponse().text());
            client.send("POST /b HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3;x=y\r\ntwo\r\n");
            client.send("0\r\nDigest: z\r\n\r\n");
            assertEquals("two", client.readResponse().text());
            assertEquals(2, script.requestCount());
            assertEquals("/a", script.awaitRequest().target());
            assertEquals(List.of("Digest: z"), script.awaitRequest().trailerLines());
            origin.awaitConnection();
            assertEquals(1, origin.connections());
            String received = new String(origin.received(), StandardCharsets.ISO_8859_1);
            assertTrue(received.startsWith("POST /a") && received.endsWith("Digest: z\r\n\r\n"));
        }
    }

    @Test
    void chunks_pacedByTheTest_arriveOneByOne() throws Exception {
        BlockingQueue<String> chunks = new LinkedBlockingQueue<>();
        try (ScriptedOrigin origin = ScriptedOrigin.open(HttpScript.chunks(chunks));
                RawClient client = RawClient.connect(origin.port())) {
            client.send("GET / HTTP/1.1\r\n\r\n");
            client.readUntil("\r\n\r\n");
            chunks.add("first");
            assertEquals("5\r\nfirst\r\n", client.readUntil("first\r\n"));
            chunks.add("");
            assertEquals("0\r\n\r\n", client.readUntil("\r\n\r\n"));
        }
    }

    @Test
    void pieces_untilClose_areReadAsOneBody() throws Exception {
        BlockingQueue<String> pieces = new LinkedBlockingQueue<>();
        try (ScriptedOrigin origin = ScriptedOrigin.open(HttpScript.pieces(pieces));
                RawClient client = RawClient.connect(origin.port())) {
            pieces.addAll(List.of("HTTP/1.1 200 OK\r\n\r\n", "to the ", "end", ""));
            client.send("GET / HTTP/1.1\r\n\r\n");
            assertEquals("to the end", client.readResponse().text());
        }
    }

    @Test
    void openTls_goodLeaf_isReadByAClientThatTrustsTheCa() throws Exception {
        try (ScriptedOrigin origin =
                        ScriptedOrigin.openTls(
                                CA.serverContext("origin.test", "127.0.0.1"),
                                HttpScript.text("hi"));
                RawClient plain = RawClient.connect(origin.port());
                RawClient client = plain.startTls(CA.clientContext(), "origin.test")) {
            client.send("GET / HTTP/1.1\r\n\r\n");
            assertEquals("hi", client.readResponse().text());
        }
    }

    @Test
    void openTls_badLeaves_areRefused() throws Exception {
        for (SSLContext bad :
                List.of(
                        CA.expiredContext("origin.test"),
                        CA.notYetValidContext("origin.test"),
                        CA.serverContext("other.test"),
                        TestCa.selfSignedContext("origin.test"))) {
            try (ScriptedOrigin origin = ScriptedOrigin.openTls(bad, HttpScript.text("hi"));
                    RawClient plain = RawClient.connect(origin.port())) {
                assertThrows(
                        SSLHandshakeException.class,
                        () -> plain.startTls(CA.clientContext(), "origin.test").close());
            }
        }
    }

    @Test
    void connectTls_refusedTunnel_saysWhatTheProxySaid() throws Exception {
        String refusal = "HTTP/1.1 502 Bad Gateway\r\nContent-Length: 4\r\n\r\nnone";
        try (ScriptedOrigin proxy = ScriptedOrigin.open(HttpScript.fixed(refusal))) {
            IOException thrown =
                    assertThrows(
                            IOException.class,
                            () ->
                                    RawClient.connectTls(
                                                    proxy.port(), "a.test:443", CA.clientContext())
                                            .close());
            assertTrue(thrown.toString().contains("none"), thrown.toString());
        }
    }
}
