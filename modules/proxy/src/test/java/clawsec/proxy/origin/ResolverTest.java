package clawsec.proxy.origin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Names that resolve, that do not, and that take too long. */
class ResolverTest {
    private static final Duration SHORT = Duration.ofMillis(20);
    private static final Duration BRIEF = Duration.ofMillis(1);
    private static final Duration LONG = Duration.ofSeconds(20);

    @Test
    void addresses_keepTheResolversOrder() throws Exception {
        InetAddress[] both = {InetAddress.ofLiteral("::1"), InetAddress.ofLiteral("127.0.0.1")};
        try (Resolver resolver = new Resolver(host -> both)) {
            assertEquals(List.of(both), resolver.addresses("both.test", LONG));
        }
    }

    @Test
    void literals_areNotLookedUp() throws Exception {
        try (Resolver resolver = new Resolver(ResolverTest::unknown)) {
            assertEquals(
                    List.of(InetAddress.ofLiteral("127.0.0.1")),
                    resolver.addresses("127.0.0.1", LONG));
            assertEquals(
                    "dns_error",
                    assertThrows(OriginFailure.class, () -> resolver.addresses("1.2.3.4.5", LONG))
                            .error());
        }
    }

    private static InetAddress[] unknown(String host) throws UnknownHostException {
        throw new UnknownHostException(host);
    }

    @Test
    void unknownName_isReported() {
        try (Resolver resolver = new Resolver(ResolverTest::unknown)) {
            OriginFailure failure =
                    assertThrows(OriginFailure.class, () -> resolver.addresses("none.test", LONG));
            assertEquals("dns_error", failure.error());
            assertTrue(failure.toString().contains("none.test"), failure::toString);
        }
    }

    @Test
    void nameThatTakesTooLong_isReported() {
        CountDownLatch end = new CountDownLatch(1);
        try (Resolver resolver = new Resolver(host -> waitFor(end, host))) {
            OriginFailure failure =
                    assertThrows(OriginFailure.class, () -> resolver.addresses("slow.test", SHORT));
            assertEquals("dns_timeout", failure.error());
            assertEquals(504, failure.status());
        } finally {
            end.countDown();
        }
    }

    @Test
    void lookupsAtOnce_areBounded_andTheNextWaitsItsTurn() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        CountDownLatch begun = new CountDownLatch(Resolver.LOOKUPS_AT_ONCE + 1);
        AtomicInteger asked = new AtomicInteger();
        InetAddress[] found = {InetAddress.ofLiteral("192.0.2.1")};
        List<Thread> waiting = new ArrayList<>();
        try (Resolver resolver =
                new Resolver(host -> {
                    asked.incrementAndGet();
                    begun.countDown();
                    return host.startsWith("slow") ? waitFor(end, host) : found;
                })) {
            for (int i = 1; i < Resolver.LOOKUPS_AT_ONCE; i++) {
                waiting.add(lookUp(resolver, "slow-" + i + ".test"));
            }
            assertEquals(List.of(found), resolver.addresses("last.test", LONG), "at the limit");
            waiting.add(lookUp(resolver, "slow-0.test"));
            assertTrue(begun.await(20, TimeUnit.SECONDS), "the limit is reached");
            OriginFailure failure =
                    assertThrows(
                            OriginFailure.class,
                            () -> resolver.addresses("one-too-many.test", SHORT));
            assertEquals("dns_timeout", failure.error());
            assertTrue(
                    failure.toString().contains("128 lookups of other names still wait"),
                    failure::toString);
            Thread patient = Thread.ofVirtual().unstarted(() -> end.countDown());
            patient.start();
            assertEquals(List.of(found), resolver.addresses("patient.test", LONG));
            patient.join();
            for (Thread thread : waiting) {
                thread.join();
            }
            // Nobody waited for the one too many any more when its turn came.
            assertEquals(Resolver.LOOKUPS_AT_ONCE + 2, asked.get());
        } finally {
            end.countDown();
        }
    }

    @Test
    void sameName_isLookedUpOnceForAll() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        AtomicInteger asked = new AtomicInteger();
        try (Resolver resolver =
                new Resolver(host -> {
                    asked.incrementAndGet();
                    return waitFor(end, host);
                })) {
            for (int i = 0; i < Resolver.LOOKUPS_AT_ONCE + 1; i++) {
                assertThrows(OriginFailure.class, () -> resolver.addresses("slow.test", BRIEF));
            }
            assertEquals(1, asked.get());
            Thread waiting = lookUp(resolver, "slow.test");
            end.countDown();
            waiting.join();
            assertThrows(OriginFailure.class, () -> resolver.addresses("slow.test", LONG));
            assertTrue(asked.get() >= 2, "what has ended is asked again");
        } finally {
            end.countDown();
        }
    }

    private static Thread lookUp(Resolver resolver, String host) {
        return Thread.ofVirtual()
                .start(() -> {
                    try {
                        resolver.addresses(host, LONG);
                    } catch (OriginFailure expected) {
                        // The name is unknown, after a while.
                    } catch (InterruptedException stopping) {
                        Thread.currentThread().interrupt();
                    }
                });
    }

    private static InetAddress[] waitFor(CountDownLatch end, String host)
            throws UnknownHostException {
        try {
            end.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        throw new UnknownHostException(host);
    }
}
