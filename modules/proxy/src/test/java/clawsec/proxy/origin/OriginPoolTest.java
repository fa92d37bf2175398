package clawsec.proxy.origin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import clawsec.http.Authority;
import clawsec.proxy.ProxyConfig;
import clawsec.proxy.ProxyLimits;
import clawsec.proxy.net.Deadlines;
import clawsec.testkit.ScriptedOrigin;
import clawsec.tls.OriginSide;
import clawsec.tls.TlsConfig;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How many idle connections are kept, and for how long. */
class OriginPoolTest {
    private final AtomicLong clock = new AtomicLong(1);
    private final AtomicInteger closed = new AtomicInteger();
    private final Semaphore closes = new Semaphore(0);
    private final Deadlines deadlines = Deadlines.open();
    private ScriptedOrigin server;
    private Connector connector;
    private OriginPool pool;

    @BeforeEach
    void open() throws Exception {
        server =
                ScriptedOrigin.open((in, out, socket) -> {
                    if (in.read() < 0) {
                        closed.incrementAndGet();
                        closes.release();
                    }
                });
        ProxyConfig config =
                new ProxyConfig(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                        true,
                        true,
                        List.of(),
                        Optional.empty(),
                        Optional.empty(),
                        ProxyLimits.DEFAULT);
        connector =
                new Connector(
                        OriginSide.of(TlsConfig.DEFAULT),
                        config,
                        new OwnAddresses(),
                        deadlines,
                        "1.1 test");
        pool = new OriginPool(connector, ProxyLimits.DEFAULT, OriginPool.IDLE_TIME, clock::get);
    }

    @AfterEach
    void close() throws Exception {
        pool.close();
        connector.close();
        deadlines.close();
        server.close();
    }

    /** Origins that differ in name only, so that one server stands for all of them. */
    private Origin origin(int index) {
        return new Origin(false, new Authority("127.0.0.1", server.port()), "origin-" + index);
    }

    private static OriginConnection open(OriginPool pool, Origin origin) throws Exception {
        return (OriginConnection) pool.open(origin, Wanted.HTTP_1_1);
    }

    private OriginConnection take(Origin origin) throws Exception {
        return (OriginConnection) pool.take(origin, Wanted.HTTP_1_1);
    }

    private void awaitCloses(int count) throws InterruptedException {
        assertTrue(closes.tryAcquire(count, 20, TimeUnit.SECONDS), () -> closed + " closed");
    }

    @Test
    void idleConnections_areBoundedInAll() throws Exception {
        List<OriginConnection> open = new ArrayList<>();
        int most = OriginPool.IDLE_IN_ALL;
        for (int i = 0; i <= most; i++) {
            open.add(open(pool, origin(i % 16)));
            server.awaitConnection();
        }
        open.subList(0, most).forEach(pool::give);
        for (int i = 0; i < most; i++) {
            take(origin(i % 16));
        }
        assertEquals(most + 1, server.connections(), "all of them were kept");
        open.subList(0, most).forEach(pool::give);
        pool.give(open.get(most));
        awaitCloses(1);
        OriginConnection next = take(origin(most % 16));
        assertTrue(open.subList(0, most).contains(next), "the one too many was closed");
        assertEquals(1, closed.get());
    }

    @Test
    void connectionThatIdledTooLong_leavesWhenTheNextComesBack() throws Exception {
        OriginConnection old = open(pool, origin(1));
        OriginConnection young = open(pool, origin(1));
        pool.give(old);
        clock.addAndGet(OriginPool.IDLE_TIME.toNanos());
        pool.give(young);
        assertSame(young, take(origin(1)));
        assertSame(old, take(origin(1)), "at the limit it is kept");
        pool.give(old);
        clock.addAndGet(OriginPool.IDLE_TIME.toNanos() + 1);
        pool.give(young);
        awaitCloses(1);
        assertSame(young, take(origin(1)));
        assertNotSame(old, take(origin(1)), "past it, it is closed");
    }

    @Test
    void connectionThatIsClosedWhileItIdles_isForgotten() throws Exception {
        try (OriginPool brief =
                new OriginPool(connector, ProxyLimits.DEFAULT, Duration.ofMillis(1), clock::get)) {
            OriginConnection overdue = open(brief, origin(1));
            OriginConnection broken = open(pool, origin(1));
            brief.give(overdue);
            pool.give(broken);
            pool.give(open(pool, origin(1)));
            assertEquals(1, brief.idleCount());
            assertEquals(2, pool.idleCount());
            broken.abort();
            assertEquals(1, pool.idleCount());
            awaitCloses(2); // the overdue one by the watch over deadlines
            assertEquals(0, brief.idleCount());
        }
    }

    @Test
    void closedPool_keepsNothing() throws Exception {
        OriginConnection idle = open(pool, origin(1));
        OriginConnection used = open(pool, origin(2));
        pool.give(idle);
        pool.close();
        awaitCloses(1);
        pool.give(used);
        awaitCloses(1);
        assertEquals(2, closed.get());
    }
}
