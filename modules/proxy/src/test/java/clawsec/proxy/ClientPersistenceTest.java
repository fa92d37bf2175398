package clawsec.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import clawsec.testkit.HttpScript;
import clawsec.testkit.RawClient;
import clawsec.testkit.ScriptedOrigin;
import clawsec.testkit.WireMessage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which of the client's connections carry another request (RFC 9112 §9.3), and pipelining. */
class ClientPersistenceTest {
    @TempDir Path folder;

    private static HttpScript echoTarget() {
        return HttpScript.of((request, out) -> {
            String words = request.method() + " " + request.target() + " " + request.text();
            byte[] body = words.getBytes(StandardCharsets.UTF_8);
            out.write(HttpScript.response("200 OK", "text/plain", body));
        });
    }

    @Test
    void http10_closesAfterTheResponse() throws Exception {
        try (ProxyFixture proxy = ProxyFixture.open(folder);
                ScriptedOrigin origin = ScriptedOrigin.open(echoTarget());
                RawClient client = proxy.client()) {
            client.send("GET http://" + origin.authority() + "/a HTTP/1.0\r\n\r\n");
            WireMessage response = client.readResponse();
            assertEquals("GET /a ", response.text());
            assertEquals(List.of("close"), response.fields("Connection"));
            assertEquals(0, client.readToEnd().length);
        }
    }

    @Test
    void http10_withKeepAlive_isKept() throws Exception {
        try (ProxyFixture proxy = ProxyFixture.open(folder);
                ScriptedOrigin origin = ScriptedOrigin.open(echoTarget());
                RawClient client = proxy.client()) {
            for (String field : List.of("Connection: keep-alive", "Proxy-Connection: Keep-Alive")) {
                client.send(
                        "GET http://"
                                + origin.authority()
                                + "/a HTTP/1.0\r\n"
                                + field
                                + "\r\n\r\n");
                WireMessage response = client.readResponse();
                assertEquals("HTTP/1.1 200 OK", response.startLine());
                assertEquals(List.of("keep-alive"), response.fields("Connection"));
            }
            client.send("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
            assertEquals(List.of("keep-alive"), client.readResponse().fields("Connection"));
        }
    }

    @Test
    void http11_withClose_isClosed() throws Exception {
        try (ProxyFixture proxy = ProxyFixture.open(folder);
                ScriptedOrigin origin = ScriptedOrigin.open(echoTarget());
                RawClient client = proxy.client()) {
            client.send(ProxyFixture.get(origin.authority(), "/", "Connection: close"));
            assertEquals(List.of("close"), client.readResponse().fields("Connection"));
            assertEquals(0, client.readToEnd().length);
        }
    }

    @Test
    void pipelinedRequests_withContentInTheMiddle_areAnsweredInOrder() throws Exception {
        try (ProxyFixture proxy = ProxyFixture.open(folder);
                ScriptedOrigin origin = ScriptedOrigin.open(echoTarget());
                RawClient client = proxy.client()) {
            String authority = origin.authority();
            client.send(
                    ProxyFixture.get(authority, "/1")
                            + ProxyFixture.request("POST", authority, "/2", "Content-Length: 5")
                            + "\r\nhello"
                            + ProxyFixture.request(
                                    "POST", authority, "/3", "Transfer-Encoding: chunked")
                            + "\r\n3\r\nabc\r\n0\r\n\r\n"
                            + "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"
                            + ProxyFixture.get(authority, "/4", "Connection: close"));
            assertEquals("GET /1 ", client.readResponse().text());
            assertEquals("POST /2 hello", client.readResponse().text());
            assertEquals("POST /3 abc", client.readResponse().text());
            assertTrue(client.readResponse().text().contains("ClawSec Monitor is running"));
            assertEquals("GET /4 ", client.readResponse().text());
            assertEquals(0, client.readToEnd().length);
        }
    }

    @Test
    void requestsSentByteByByte_areReadTheSame() throws Exception {
        try (ProxyFixture proxy = ProxyFixture.open(folder);
                ScriptedOrigin origin = ScriptedOrigin.open(echoTarget());
                RawClient client = proxy.client()) {
            String request =
                    ProxyFixture.request("POST", origin.authority(), "/", "Content-Length: 3")
                            + "\r\nabc";
            for (int round = 0; round < 2; round++) {
                for (int i = 0; i < request.length(); i++) {
                    client.send(request.substring(i, i + 1));
                }
                assertEquals("POST / abc", client.readResponse().text());
            }
        }
    }

    @Test
    void answerOfOurOwn_leavesTheConnectionUsable_whereNoContentIsLeft() throws Exception {
        try (ProxyFixture proxy = ProxyFixture.open(folder);
                ScriptedOrigin origin = ScriptedOrigin.open(echoTarget());
                RawClient client = proxy.client()) {
            client.send(ProxyFixture.get("nowhere.invalid", "/"));
            assertEquals(502, client.readResponse().status());
            client.send(ProxyFixture.get(origin.authority(), "/still-there"));
            assertEquals("GET /still-there ", client.readResponse().text());
            client.send(
                    ProxyFixture.request("POST", "nowhere.invalid", "/", "Content-Length: 9")
                            + "\r\nGET / HTT");
            WireMessage response = client.readResponse();
            assertEquals(502, response.status());
            assertEquals(List.of("close"), response.fields("Connection"));
        }
    }
}
