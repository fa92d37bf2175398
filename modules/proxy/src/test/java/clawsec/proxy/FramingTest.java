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
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where messages end (RFC 9112 §6.3), on either side. */
class FramingTest {
    @TempDir Path folder;

    private static String post(String authority, String... fields) {
        return ProxyFixture.request("POST", authority, "/", fields) + "\r\n";
    }

    @Test
    void contentLength_isKeptBothWays() throws Exception {
        HttpScript script = HttpScript.echo();
        try (ProxyFixture proxy = ProxyFixture.open(folder);
                ScriptedOrigin origin = ScriptedOrigin.open(script);
                RawClient client = proxy.client()) {
            client.send(post(origin.authority(), "Content-Length: 5") + "hello");
            WireMessage response = client.readResponse();
            assertEquals("hello", response.text());
            assertEquals(List.of("5"), response.fields("Content-Length"));
            assertEquals(List.of(), response.fields("Transfer-Encoding"));
            assertEquals(List.of("5"), script.awaitRequest().fields("Content-Length"));
        }
    }

    @Test
    void emptyContent_isForwardedAsSaid() throws Exception {
        HttpScript script = HttpScript.text("");
        try (ProxyFixture proxy = ProxyFixture.open(folder);
                ScriptedOrigin origin = ScriptedOrigin.open(script);
                RawClient client = proxy.client()) {
            client.send(post(origin.authority(), "Content-Length: 0"));
            assertEquals(List.of("0"), client.readResponse().fields("Content-Length"));
            assertEquals(List.of("0"), script.awaitRequest().fields("Content-Length"));
            client.send(post(origin.authority(), "Transfer-Encoding: chunked") + "0\r\n\r\n");
            assertEquals("", client.readResponse().text());
            assertEquals(List.of("chunked"), script.awaitRequest().fields("Transfer-Encoding"));
            client.send(post(origin.authority()));
            assertEquals("", client.readResponse().text());
            assertEquals(List.of(), script.awaitRequest().fields("Content-Length"));
        }
    }

    @Test
    void chunkExtensions_areDropped_andTrailersForwardedAndInspected() throws Exception {
        HttpScript script =
                HttpScript.fixed(
                        ProxyFixture.lines(
                                "HTTP/1.1 200 OK",
                                "Transfer-Encoding: chunked",
                                "Trailer: X-End",
                                "",
                                "3;a=b;c=\"d\"",
                                "abc",
                                "0;last",
                                "X-End: tail",
                                "Content-Length: 7",
                                ""));
        try (ProxyFixture proxy = ProxyFixture.open(folder);
                ScriptedOrigin origin = ScriptedOrigin.open(script);
                RawClient client = proxy.client()) {
            client.send(post(origin.authority(), "Transfer-Encoding: chunked"));
            client.send("1;x\r\nq\r\n0\r\nX-Sum: 42\r\n\r\n");
            WireMessage response = client.readResponse();
            assertEquals("abc", response.text());
            assertEquals(List.of("X-End: tail"), response.trailerLines());
            WireMessage request = script.awaitRequest();
            assertEquals("q", request.text());
            assertEquals(List.of("X-Sum: 42"), request.trailerLines());
            String received = new String(origin.received(), StandardCharsets.ISO_8859_1);
            assertTrue(!received.contains(";x"), received);
            assertTrue(isInspected(proxy, true, "X-Sum: 42"));
            assertTrue(isInspected(proxy, false, "X-End: tail"));
        }
    }

    private static boolean isInspected(ProxyFixture proxy, boolean outbound, String line) {
        return proxy.inspector().seen(outbound).stream()
                .anyMatch(message -> message.headText().contains(line));
    }

    @Test
    void untilClose_isChunkedTowards11_soThatItsEndIsCertain() throws Exception {
        HttpScript script = untilClose("HTTP/1.0 200 OK\r\n\r\nall of it");
        try (ProxyFixture proxy = ProxyFixture.open(folder);
                ScriptedOrigin origin = ScriptedOrigin.open(script);
                RawClient client = proxy.client()) {
            for (int i = 0; i < 2; i++) {
                client.send(ProxyFixture.get(origin.authority(), "/"));
                WireMessage response = client.readResponse();
                assertEquals(List.of("chunked"), response.fields("Transfer-Encoding"));
                assertEquals(List.of(), response.fields("Connection"));
                assertEquals("all of it", response.text());
            }
        }
    }

    @Test
    void openEndedContent_endsWithTheConnectionTowards10() throws Exception {
        for (String head :
                List.of(
                        "HTTP/1.1 200 OK\r\n\r\nall",
                        ProxyFixture.lines(
                                "HTTP/1.1 200 OK",
                                "Transfer-Encoding: chunked",
                                "",
                                "3",
                                "all",
                                "0",
                                "X-T: 1",
                                ""))) {
            try (ProxyFixture proxy = ProxyFixture.open(folder);
                    ScriptedOrigin origin = ScriptedOrigin.open(untilClose(head));
                    RawClient client = proxy.client()) {
                client.send(
                        "GET http://"
                                + origin.authority()
                                + "/ HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
                String response = new String(client.readToEnd(), StandardCharsets.ISO_8859_1);
                assertTrue(response.endsWith("\r\n\r\nall"), response);
                assertTrue(response.contains("Connection: close\r\n"), response);
                assertTrue(!response.contains("Transfer-Encoding"), response);
            }
        }
    }

    private static HttpScript untilClose(String response) {
        return HttpScript.of((request, out) -> {
            out.write(response.getBytes(StandardCharsets.ISO_8859_1));
            out.close();
        });
    }

    @Test
    void head204And304_haveNoContent_whateverTheirFieldsSay() throws Exception {
        HttpScript script =
                HttpScript.of((request, out) -> {
                    String status =
                            switch (request.target()) {
                                case "/204" -> "204 No Content\r\n";
                                case "/304" -> "304 Not Modified\r\nContent-Length: 99\r\n";
                                case "/chunked" -> "200 OK\r\nTransfer-Encoding: chunked\r\n";
                                default -> "200 OK\r\nContent-Length: 1234\r\n";
                            };
                    out.write(
                            ("HTTP/1.1 " + status + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
                });
        try (ProxyFixture proxy = ProxyFixture.open(folder);
                ScriptedOrigin origin = ScriptedOrigin.open(script);
                RawClient client = proxy.client()) {
            String authority = origin.authority();
            client.send(ProxyFixture.request("HEAD", authority, "/") + "\r\n");
            assertEquals(Optional.of("1234"), client.readResponse(true).field("Content-Length"));
            client.send(ProxyFixture.request("HEAD", authority, "/chunked") + "\r\n");
            assertEquals(200, client.readResponse(true).status());
            client.send(ProxyFixture.get(authority, "/204"));
            assertEquals(204, client.readResponse().status());
            client.send(ProxyFixture.get(authority, "/304"));
            assertEquals(Optional.of("99"), client.readResponse().field("Content-Length"));
            client.send(ProxyFixture.request("HEAD", authority, "/last") + "\r\n");
            assertEquals(200, client.readResponse(true).status());
            assertEquals(1, origin.connections());
        }
    }

    @Test
    void twoEqualLengthsOfAResponse_becomeOne() throws Exception {
        HttpScript script =
                HttpScript.fixed(
                        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 2\r\n\r\nok");
        try (ProxyFixture proxy = ProxyFixture.open(folder);
                ScriptedOrigin origin = ScriptedOrigin.open(script);
                RawClient client = proxy.client()) {
            client.send(ProxyFixture.get(origin.authority(), "/"));
            assertEquals(List.of("2"), client.readResponse().fields("Content-Length"));
        }
    }
}
