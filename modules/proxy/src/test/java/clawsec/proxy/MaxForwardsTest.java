package clawsec.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import clawsec.testkit.HttpScript;
import clawsec.testkit.RawClient;
import clawsec.testkit.ScriptedOrigin;
import clawsec.testkit.WireMessage;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Max-Forwards (RFC 9110 §7.6.2). */
class MaxForwardsTest {
    @TempDir Path folder;

    @ParameterizedTest
    @CsvSource({
        "OPTIONS, 1, 0",
        "TRACE, 70, 69",
        "TRACE, 18446744073709551616, 18446744073709551615",
        "OPTIONS, -1, -1",
        "OPTIONS, many, many",
        "GET, 0, 0",
        "POST, 7, 7",
    })
    void limit_goesOnLessOneWhereTheMethodMindsIt(String method, String limit, String expected)
            throws Exception {
        HttpScript script = HttpScript.text("");
        try (ProxyFixture proxy = ProxyFixture.open(folder);
                ScriptedOrigin origin = ScriptedOrigin.open(script);
                RawClient client = proxy.client()) {
            client.send(request(method, origin, limit));
            assertEquals(200, client.readResponse().status());
            assertEquals(Optional.of(expected), script.awaitRequest().field("Max-Forwards"));
        }
    }

    @ParameterizedTest
    @CsvSource({"OPTIONS, 0, 200", "OPTIONS, 000, 200", "TRACE, 0, 405"})
    void zero_isAnsweredHere(String method, String limit, int status) throws Exception {
        HttpScript script = HttpScript.text("origin");
        try (ProxyFixture proxy = ProxyFixture.open(folder);
                ScriptedOrigin origin = ScriptedOrigin.open(script);
                RawClient client = proxy.client()) {
            client.send(request(method, origin, limit));
            WireMessage own = client.readResponse();
            assertEquals(status, own.status());
            assertEquals(
                    "ClawSec Monitor answers this request itself: its Max-Forwards is 0.\n",
                    own.text());
            client.send(ProxyFixture.get(origin.authority(), "/"));
            assertEquals("origin", client.readResponse().text());
            assertEquals(1, origin.connections());
        }
    }

    @Test
    void zero_insideATunnel_isAnsweredHere() throws Exception {
        HttpScript script = HttpScript.text("origin");
        try (ProxyFixture proxy = ProxyFixture.open(folder);
                ScriptedOrigin origin =
                        ScriptedOrigin.openTls(
                                proxy.originCa().serverContext("127.0.0.1"), script);
                RawClient client = proxy.tlsClient(origin.authority())) {
            client.send(
                    "TRACE / HTTP/1.1\r\nHost: "
                            + origin.authority()
                            + "\r\nMax-Forwards: 0\r\n\r\n");
            assertEquals(405, client.readResponse().status());
        }
    }

    private static String request(String method, ScriptedOrigin origin, String limit) {
        return ProxyFixture.request(
                        method,
                        origin.authority(),
                        "/",
                        "Max-Forwards: " + limit,
                        "Content-Length: 0")
                + "\r\n";
    }
}
