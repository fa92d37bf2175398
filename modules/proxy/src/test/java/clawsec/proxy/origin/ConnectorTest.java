package clawsec.proxy.origin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import clawsec.http.Authority;
import clawsec.proxy.NoProxy;
import clawsec.proxy.ProxyConfig;
import clawsec.proxy.ProxyLimits;
import clawsec.proxy.UpstreamProxy;
import clawsec.proxy.net.Deadlines;
import clawsec.tls.OriginSide;
import clawsec.tls.TlsConfig;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConnectorTest {
    private static final Authority DESTINATION = new Authority("one.test", 80);

    /** Nothing is dialled, so that no port need be taken for it. */
    @Test
    void upstreamProxy_thatIsThisMonitor_isALoopByItsKey() throws Exception {
        UpstreamProxy upstream =
                new UpstreamProxy(new Authority("localhost", 9), Optional.empty(), NoProxy.NONE);
        ProxyConfig config =
                new ProxyConfig(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 9),
                        true,
                        true,
                        List.of(),
                        Optional.of(upstream),
                        Optional.empty(),
                        ProxyLimits.DEFAULT);
        OwnAddresses own = new OwnAddresses();
        own.add(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 9));
        try (Deadlines deadlines = Deadlines.open();
                Connector connector =
                        new Connector(
                                OriginSide.of(TlsConfig.DEFAULT),
                                config,
                                own,
                                deadlines,
                                "1.1 test")) {
            OriginFailure failure =
                    assertThrows(
                            OriginFailure.class,
                            () -> connector.connect(Origin.clear(DESTINATION), List.of()));
            assertEquals("proxy_loop_detected", failure.error());
            assertEquals(
                    "The upstream proxy http://localhost:9 (upstream_proxy) could not be reached on"
                            + " the way to one.test:80. localhost:9 is this monitor itself: the"
                            + " request would go round in a loop.",
                    failure.getMessage());
            assertEquals(
                    "Set upstream_proxy to the address of another proxy, or take it out.",
                    failure.remedy());
        }
    }
}
