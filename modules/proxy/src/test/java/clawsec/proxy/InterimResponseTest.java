package clawsec.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import clawsec.testkit.HttpScript;
import clawsec.testkit.RawClient;
import clawsec.testkit.ScriptedOrigin;
import clawsec.testkit.WireMessage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** 1xx responses (RFC 9110 §15.2) and Expect: 100-continue (§10.1.1). */
class InterimResponseTest {
    private static final String EXPECTING = "Expect: 100-continue";

    /** As the proxy's documentation has it. */
    private static final int MOST = 100;

    @TempDir Path folder;

    /** Answers as soon as the head is there, before any content is. */
    private static ScriptedOrigin.Handler onHead(String answer, String afterContent, int bytes) {
        return (in, out, socket) -> {
            StringBuilder head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                head.append((char) in.read());
            }
            out.write(answer.getBytes(StandardCharsets.US_ASCII));
            if (in.readNBytes(bytes).length == bytes) {
                out.write(afterContent.getBytes(StandardCharsets.US_ASCII));
            }
        };
    }

    @Test
    void interimHeads_precedeTheFinalOne() throws Exception {
        HttpScript script =
                HttpScript.fixed(
                        ProxyFixture.lines("HTTP/1.1 103 Early Hints", "Link: </a.css>", "")
                                + ProxyFixture.lines(
                                        "HTTP/1.1 103 Early Hints", "Link: </b.css>", "")
                                + ProxyFixture.lines("HTTP/1.1 200 OK", "Content-Length: 2", "")
                                + "ok");
        try (ProxyFixture proxy = ProxyFixture.open(folder);
                ScriptedOrigin origin = ScriptedOrigin.open(script);
                RawClient client = proxy.client()) {
            client.send(ProxyFixture.get(origin.authority(), "/"));
            assertEquals(Optional.of("</a.css>"), client.readResponse().field("Link"));
            WireMessage second = client.readResponse();
            assertEquals(103, second.status());
            assertEquals(Optional.empty(), second.field("Connection"));
            assertEquals("ok", client.readResponse().text());
            client.send(ProxyFixture.get(origin.authority(), "/again"));
            assertEquals(103, client.readResponse().status());
        }
    }

    @Test
    void interimHeads_areKeptFrom10Clients() throws Exception {
        HttpScript script =
                HttpScript.fixed(
                        "HTTP/1.1 100 Continue\r\n\r\n"
                                + "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        try (ProxyFixture proxy = ProxyFixture.open(folder);
                ScriptedOrigin origin = ScriptedOrigin.open(script);
                RawClient client = proxy.client()) {
            client.send(
                    "POST http://"
                            + origin.authority()
                            + "/ HTTP/1.0\r\nExpect: 100-continue\r\nContent-Length: 1\r\n\r\nx");
            assertEquals(200, client.readResponse().status());
            assertEquals(Optional.empty(), script.awaitRequest().field("Expect"));
        }
    }

    @Test
    void expectation_isAnsweredByTheOrigin_thenContentFollows() throws Exception {
        ScriptedOrigin.Handler origin100 =
                onHead(
                        "HTTP/1.1 100 Continue\r\n\r\n",
                        "HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n",
                        5);
        try (ProxyFixture proxy = ProxyFixture.open(folder);
                ScriptedOrigin origin = ScriptedOrigin.open(origin100);
                RawClient client = proxy.client()) {
            client.send(post(origin, EXPECTING, "Content-Length: 5"));
            assertEquals(100, client.readResponse().status());
            client.send("hello");
            assertEquals(201, client.readResponse().status());
        }
    }

    @Test
    void refusedExpectation_reachesTheClient_andEndsTheConnection() throws Exception {
        ScriptedOrigin.Handler refusing =
                onHead("HTTP/1.1 417 Expectation Failed\r\nContent-Length: 2\r\n\r\nno", "", 5);
        try (ProxyFixture proxy = ProxyFixture.open(folder);
                ScriptedOrigin origin = ScriptedOrigin.open(refusing);
                RawClient client = proxy.client()) {
            client.send(post(origin, EXPECTING, "Content-Length: 5"));
            WireMessage response = client.readResponse();
            assertEquals(417, response.status());
            assertEquals("no", response.text());
            assertEquals(Optional.of("close"), response.field("Connection"));
            client.shutdownOutput();
            assertEquals(0, client.readToEnd().length);
        }
    }

    @Test
    void originThatNeverSends100_getsTheContentAllTheSame() throws Exception {
        HttpScript script = HttpScript.echo();
        try (ProxyFixture proxy = ProxyFixture.open(folder);
                ScriptedOrigin origin = ScriptedOrigin.open(script);
                RawClient client = proxy.client()) {
            client.send(post(origin, EXPECTING, "Content-Length: 5"));
            origin.awaitConnection();
            client.send("hello");
            assertEquals("hello", client.readResponse().text());
        }
    }

    @Test
    void originThatIsDown_isReportedToAClientThatWaitsFor100() throws Exception {
        try (ProxyFixture proxy = ProxyFixture.open(folder);
                RawClient client = proxy.client()) {
            client.send(post("127.0.0.1:1", EXPECTING, "Content-Length: 5"));
            WireMessage response = client.readResponse();
            assertEquals(502, response.status());
            assertEquals(Optional.of("close"), response.field("Connection"));
        }
    }

    @Test
    void originThatClosesAfterAnInterimHead_isReported() throws Exception {
        ScriptedOrigin.Handler closing = onHead("HTTP/1.1 100 Continue\r\n\r\n", "", 0);
        try (ProxyFixture proxy = ProxyFixture.open(folder);
                ScriptedOrigin origin = ScriptedOrigin.open(closing);
                RawClient client = proxy.client()) {
            client.send(post(origin, EXPECTING, "Content-Length: 5"));
            assertEquals(100, client.readResponse().status());
            WireMessage response = client.readResponse();
            assertEquals(502, response.status());
            assertTrue(response.field("Proxy-Status").orElse("").contains("connection_terminated"));
        }
    }

    private static HttpScript earlyHints(int count) {
        return HttpScript.fixed(
                "HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n".repeat(count)
                        + "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
    }

    @Test
    void interimHeads_upToTheirLimit_arePassedOn() throws Exception {
        try (ProxyFixture proxy = ProxyFixture.open(folder);
                ScriptedOrigin origin = ScriptedOrigin.open(earlyHints(MOST));
                RawClient client = proxy.client()) {
            client.send(ProxyFixture.get(origin.authority(), "/"));
            for (int i = 0; i < MOST; i++) {
                assertEquals(103, client.readResponse().status());
            }
            assertEquals("ok", client.readResponse().text());
        }
    }

    @Test
    void interimHeads_pastTheirLimit_areABadResponse() throws Exception {
        try (ProxyFixture proxy = ProxyFixture.open(folder);
                ScriptedOrigin origin = ScriptedOrigin.open(earlyHints(MOST + 1));
                RawClient client = proxy.client()) {
            client.send(ProxyFixture.get(origin.authority(), "/"));
            for (int i = 0; i < MOST; i++) {
                assertEquals(103, client.readResponse().status());
            }
            WireMessage response = client.readResponse();
            assertEquals(502, response.status());
            assertTrue(
                    response.text().contains("more than 100 interim responses"), response.text());
            assertEquals(1, proxy.count("origin_http_protocol_error"));
        }
    }

    private static String post(ScriptedOrigin origin, String... fields) {
        return post(origin.authority(), fields);
    }

    private static String post(String authority, String... fields) {
        return ProxyFixture.request("POST", authority, "/", fields) + "\r\n";
    }
}
