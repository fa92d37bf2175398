package clawsec.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import clawsec.testkit.LoggedLines;
import clawsec.testkit.RawClient;
import clawsec.testkit.TestCa;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients that do not accept our certificate, and handshakes that fail otherwise. */
class RefusedCertificateTest {
    @TempDir Path folder;

    @Test
    void refusedLeaf_isCounted_andLoggedOnceAHostWithBothRemedies() throws Exception {
        try (LoggedLines log = LoggedLines.of("clawsec.proxy");
                ProxyFixture proxy = ProxyFixture.open(folder)) {
            for (String host : List.of("a.example:1", "a.example:1", "b.example:1")) {
                assertThrows(
                        SSLException.class,
                        () ->
                                RawClient.connectTls(
                                        proxy.port(), host, TestCa.create().clientContext()));
            }
            proxy.awaitCount("certificates_refused", 3);
            proxy.awaitCount("connections_open", 0);
            List<String> lines = log.with("refused the monitor's certificate");
            assertEquals(2, lines.size());
            assertTrue(lines.get(0).startsWith("WARNING "), lines.get(0));
            assertTrue(lines.get(0).contains("a.example"), lines.get(0));
            assertTrue(lines.get(0).contains("trust the CA"), lines.get(0));
            assertTrue(lines.get(0).contains("add \"a.example\" to tunnel_hosts"), lines.get(0));
            assertTrue(lines.get(1).contains("b.example"), lines.get(1));
            assertEquals(0, proxy.count("tunnels_intercepted"));
        }
    }

    @Test
    void garbageThatBeginsLikeTls_endsTheConnection_andIsCounted() throws Exception {
        String hello = "\u0016\u0003\u0001\0\u0004";
        for (String garbage : List.of(hello + "\2\0\0\0", hello + "\1\u00ff\u00ff\u00ff")) {
            try (ProxyFixture proxy = ProxyFixture.open(folder);
                    RawClient client = proxy.client()) {
                client.askForTunnel("a.example:443");
                client.send(garbage);
                assertEquals(0, client.readToEnd().length);
                assertEquals(1, proxy.count("handshakes_failed"));
                assertEquals(0, proxy.count("certificates_refused"));
            }
        }
    }

    @Test
    void helloThatNeverEnds_isCutOff_andIsCounted() throws Exception {
        try (ProxyFixture proxy = ProxyFixture.openLimited(folder, RefusedCertificateTest::hasty);
                RawClient client = proxy.client()) {
            client.askForTunnel("a.example:443");
            client.send("\u0016\u0003\u0001\2\0\1\0\1\u00fc\3");
            assertEquals(0, client.readToEnd().length);
            assertEquals(1, proxy.count("clients_timed_out"));
            proxy.awaitCount("connections_open", 0);
        }
    }

    private static ProxyLimits hasty(ProxyLimits limits) {
        return Limits.header(Duration.ofMillis(300), limits);
    }

    @Test
    void clientThatLeavesBeforeItSawOurCertificate_hasNotRefusedIt() throws Exception {
        try (ProxyFixture proxy = ProxyFixture.open(folder)) {
            try (RawClient client = proxy.client()) {
                client.askForTunnel("a.example:443");
                client.send("\u0016\u0003\u0001\2\0\1\0\1\u00fc\3");
            } catch (IOException closed) {
                throw new AssertionError(closed);
            }
            proxy.awaitCount("connections_open", 0);
            assertEquals(0, proxy.count("certificates_refused"));
        }
    }
}
