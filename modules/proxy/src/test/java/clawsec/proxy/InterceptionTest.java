package clawsec.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import clawsec.testkit.HttpScript;
import clawsec.testkit.RawClient;
import clawsec.testkit.ScriptedOrigin;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InterceptionTest {
    @TempDir Path folder;

    @Test
    void https_isReadInClearOnTheWay() throws Exception {
        HttpScript script = HttpScript.text("secret answer");
        try (ProxyFixture proxy = ProxyFixture.open(folder);
                ScriptedOrigin origin =
                        ScriptedOrigin.openTls(
                                proxy.originCa().serverContext("localhost"), script);
                RawClient client = proxy.tlsClient("localhost:" + origin.port())) {
            client.send("GET /x HTTP/1.1\r\nHost: localhost:" + origin.port() + "\r\n\r\n");
            assertEquals("secret answer", client.readResponse().text());
            client.send("GET /y HTTP/1.1\r\nHost: localhost:" + origin.port() + "\r\n\r\n");
            assertEquals("secret answer", client.readResponse().text());
            assertEquals(1, origin.connections());
            RecordingInspector.Seen response = proxy.inspector().seen(false).getFirst();
            assertEquals("secret answer", response.contentText());
            assertEquals("https://localhost:" + origin.port() + "/x", response.passage().url());
        }
    }

    @Test
    void originThatIsNotTrusted_answers502InPlainWords() throws Exception {
        try (ProxyFixture proxy = ProxyFixture.open(folder);
                ScriptedOrigin origin =
                        ScriptedOrigin.openTls(
                                proxy.originCa().serverContext("other.example"),
                                HttpScript.text("no"));
                RawClient client = proxy.tlsClient("localhost:" + origin.port())) {
            client.send("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
            var response = client.readResponse();
            assertEquals(502, response.status());
            assertEquals(true, response.text().contains("other.example"), response.text());
            assertEquals(
                    true,
                    response.field("Proxy-Status")
                            .orElse("")
                            .contains("error=tls_certificate_error"));
        }
    }
}
