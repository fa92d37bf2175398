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

class PlainHttpTest {
    @TempDir Path folder;

    @Test
    void absoluteForm_isSentOnInOriginFormWithItsHost() throws Exception {
        HttpScript script = HttpScript.text("hello");
        try (ProxyFixture proxy = ProxyFixture.open(folder);
                ScriptedOrigin origin = ScriptedOrigin.open(script);
                RawClient client = proxy.client()) {
            client.send(
                    "GET http://"
                            + origin.authority()
                            + "/a?b=c HTTP/1.1\r\nHost: other.example\r\n"
                            + "X-One: 1\r\nProxy-Connection: keep-alive\r\nX-Two: 2\r\n\r\n");
            WireMessage response = client.readResponse();
            assertEquals("HTTP/1.1 200 OK", response.startLine());
            assertEquals("hello", response.text());
            WireMessage request = script.awaitRequest();
            assertEquals("GET /a?b=c HTTP/1.1", request.startLine());
            assertEquals(
                    List.of("Host: " + origin.authority(), "X-One: 1", "X-Two: 2"),
                    request.fieldLines());
        }
    }

    @Test
    void pipelinedRequests_areAnsweredInOrderOverOneOriginConnection() throws Exception {
        HttpScript script =
                HttpScript.of((request, out) ->
                        out.write(
                                HttpScript.response(
                                        "200 OK",
                                        "text/plain",
                                        request.target().getBytes(StandardCharsets.UTF_8))));
        try (ProxyFixture proxy = ProxyFixture.open(folder);
                ScriptedOrigin origin = ScriptedOrigin.open(script);
                RawClient client = proxy.client()) {
            StringBuilder requests = new StringBuilder();
            for (int i = 0; i < 5; i++) {
                requests.append("GET http://").append(origin.authority()).append("/").append(i);
                requests.append(" HTTP/1.1\r\nHost: ")
                        .append(origin.authority())
                        .append("\r\n\r\n");
            }
            client.send(requests.toString());
            for (int i = 0; i < 5; i++) {
                assertEquals("/" + i, client.readResponse().text());
            }
            assertEquals(1, origin.connections());
        }
    }

    @Test
    void content_passesBothWaysAndIsInspected() throws Exception {
        try (ProxyFixture proxy = ProxyFixture.open(folder);
                ScriptedOrigin origin = ScriptedOrigin.open(HttpScript.echo());
                RawClient client = proxy.client()) {
            String authority = origin.authority();
            client.send(
                    "POST http://"
                            + authority
                            + "/ HTTP/1.1\r\nHost: "
                            + authority
                            + "\r\n"
                            + "Transfer-Encoding: chunked\r\n\r\n"
                            + "5;x=y\r\n"
                            + "hello\r\n"
                            + "6\r\n"
                            + " world\r\n");
            client.send("0\r\nX-Sum: 11\r\n\r\n");
            assertEquals("hello world", client.readResponse().text());
            assertEquals("hello world", proxy.inspector().seen(true).getFirst().contentText());
            assertEquals("hello world", proxy.inspector().seen(false).getFirst().contentText());
            assertTrue(proxy.inspector().seen(false).getFirst().isEnded());
        }
    }
}
