package clawsec.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import clawsec.testkit.HttpScript;
import clawsec.testkit.RawClient;
import clawsec.testkit.ScriptedOrigin;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which field lines go on (RFC 9110 §7.6.1), and that the others do so as they came. */
class FieldForwardingTest {
    @TempDir Path folder;

    private List<String> forwarded(String... fields) throws Exception {
        HttpScript script = HttpScript.text("");
        try (ProxyFixture proxy = ProxyFixture.open(folder);
                ScriptedOrigin origin = ScriptedOrigin.open(script);
                RawClient client = proxy.client()) {
            client.send(ProxyFixture.get(origin.authority(), "/", fields));
            assertEquals(200, client.readResponse().status());
            List<String> lines = script.awaitRequest().fieldLines();
            assertEquals("Host: " + origin.authority(), lines.getFirst());
            return lines.subList(1, lines.size());
        }
    }

    private List<String> returned(String... fields) throws Exception {
        HttpScript script =
                HttpScript.fixed(
                        "HTTP/1.1 200 Fine by me\r\n"
                                + String.join("\r\n", fields)
                                + "\r\nContent-Length: 0\r\n\r\n");
        try (ProxyFixture proxy = ProxyFixture.open(folder);
                ScriptedOrigin origin = ScriptedOrigin.open(script);
                RawClient client = proxy.client()) {
            client.send(ProxyFixture.get(origin.authority(), "/"));
            var response = client.readResponse();
            assertEquals("HTTP/1.1 200 Fine by me", response.startLine());
            List<String> lines = response.fieldLines();
            assertEquals("Content-Length: 0", lines.getLast());
            return lines.subList(0, lines.size() - 1);
        }
    }

    @Test
    void otherFields_areForwardedInOrderAndSpelling() throws Exception {
        List<String> fields =
                List.of(
                        "x-B: 2",
                        "X-A: 1",
                        "Cookie: a=b; c=d",
                        "x-b:   3  ",
                        "User-Agent: \u00e9",
                        "X-Empty:");
        assertEquals(
                List.of(
                        "x-B: 2",
                        "X-A: 1",
                        "Cookie: a=b; c=d",
                        "x-b: 3",
                        "User-Agent: \u00e9",
                        "X-Empty: "),
                forwarded(fields.toArray(String[]::new)));
        assertEquals(
                List.of("Set-Cookie: b=1", "server: x", "Set-Cookie: a=2"),
                returned("Set-Cookie: b=1", "server: x", "Set-Cookie: a=2"));
    }

    @Test
    void hopByHopFields_areRemoved() throws Exception {
        assertEquals(
                List.of("X-Kept: 1"),
                forwarded(
                        "Connection: keep-alive, X-Nominated",
                        "Keep-Alive: timeout=5",
                        "Proxy-Connection: keep-alive",
                        "TE: trailers",
                        "X-Kept: 1",
                        "x-nominated: 1",
                        "Upgrade: h2c",
                        "HTTP2-Settings: AAMAAABkAAQAAP__"));
        assertEquals(
                List.of("X-Kept: 1"),
                returned(
                        "Connection: X-Nominated, keep-alive",
                        "X-Nominated: 1",
                        "X-Kept: 1",
                        "Keep-Alive: timeout=5",
                        "Proxy-Connection: keep-alive",
                        "Upgrade: h2c"));
    }

    @Test
    void fieldsThatCarryTheMessage_cannotBeNominatedAway() throws Exception {
        assertEquals(
                List.of("Content-Length: 0", "Content-Type: text/plain"),
                forwarded(
                        "Connection: Content-Length, Host, content-type",
                        "Content-Length: 0",
                        "Content-Type: text/plain"));
    }

    @Test
    void nominatedFields_areRemovedWhateverElseIsDoneToThem() throws Exception {
        assertEquals(
                List.of("X-Kept: 1"),
                forwarded(
                        "Connection: accept-encoding, Max-Forwards",
                        "Accept-Encoding: gzip, br",
                        "Max-Forwards: 7",
                        "X-Kept: 1"));
    }

    @Test
    void credentialsForAProxy_areNeverForwarded() throws Exception {
        assertEquals(
                List.of("Authorization: Basic b3JpZ2lu"),
                forwarded("Proxy-Authorization: Basic cHJveHk=", "Authorization: Basic b3JpZ2lu"));
        assertEquals(List.of(), returned("Proxy-Authenticate: Basic realm=\"x\""));
    }

    @Test
    void acceptEncoding_isCutToWhatCanBeInspected() throws Exception {
        assertEquals(
                List.of("accept-encoding: gzip, deflate, br, zstd"),
                forwarded("accept-encoding: gzip, compress, deflate, br, dcz, zstd"));
        assertEquals(List.of("Accept-Encoding: identity"), forwarded("Accept-Encoding: dcb"));
    }

    @Test
    void altSvc_isRemoved_soThatClientsStayOnTcp() throws Exception {
        assertEquals(List.of(), returned("Alt-Svc: h3=\":443\"; ma=86400"));
    }

    @Test
    void host_isThatOfTheTarget() throws Exception {
        HttpScript script = HttpScript.text("");
        try (ProxyFixture proxy = ProxyFixture.open(folder);
                ScriptedOrigin origin = ScriptedOrigin.open(script);
                RawClient client = proxy.client()) {
            client.send(
                    "GET HTTP://LOCALHOST:" + origin.port() + "?q HTTP/1.1\r\nhOST: evil\r\n\r\n");
            assertEquals(200, client.readResponse().status());
            var request = script.awaitRequest();
            assertEquals("GET /?q HTTP/1.1", request.startLine());
            assertEquals(List.of("hOST: LOCALHOST:" + origin.port()), request.fieldLines());
            client.send("OPTIONS http://" + origin.authority() + " HTTP/1.0\r\n\r\n");
            assertEquals(200, client.readResponse().status());
            request = script.awaitRequest();
            assertEquals("OPTIONS * HTTP/1.1", request.startLine());
            assertEquals(List.of("Host: " + origin.authority()), request.fieldLines());
        }
    }
}
