package clawsec.ca;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeafStoreTest {
    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
    private static final Duration DAY = Duration.ofDays(1);

    @TempDir private Path folder;
    private final AtomicReference<Instant> now = new AtomicReference<>(START);
    private CertificateAuthority authority;

    @BeforeEach
    void openAuthority() throws Exception {
        authority = CertificateAuthority.open(folder, now::get);
    }

    @Test
    void dnsName_isTheAlternativeNameAndTheCommonName() throws Exception {
        X509Certificate leaf = leaf("Self.Example.");
        assertEquals(List.of(List.of(2, "self.example")), names(leaf));
        assertTrue(leaf.getSubjectX500Principal().getName().contains("CN=self.example"));
    }

    @Test
    void addresses_areAlternativeNames() throws Exception {
        assertEquals(List.of(List.of(7, "192.0.2.7")), names(leaf("192.0.2.7")));
        assertEquals(List.of(List.of(7, "2001:db8:0:0:0:0:0:1")), names(leaf("2001:db8::1")));
    }

    @Test
    void commonName_of64And65() {
        String name64 = "a".repeat(60) + ".com";
        assertTrue(subject(name64).contains("CN=" + name64));
        assertFalse(subject("b" + name64.substring(1) + "m").contains("CN="));
    }

    @Test
    void extensions_areThoseOfAServer() throws Exception {
        X509Certificate leaf = leaf("self.example");
        assertEquals(List.of("1.3.6.1.5.5.7.3.1"), leaf.getExtendedKeyUsage());
        boolean[] signatureOnly = {true, false, false, false, false, false, false, false, false};
        assertArrayEquals(signatureOnly, leaf.getKeyUsage());
        assertEquals(-1, leaf.getBasicConstraints());
        byte[] subjectKeyId = authority.certificate().getExtensionValue("2.5.29.14");
        byte[] authorityKeyId = leaf.getExtensionValue("2.5.29.35");
        // OCTET STRING { OCTET STRING { id } } and OCTET STRING { SEQUENCE { [0] id } }
        assertArrayEquals(tail(subjectKeyId), tail(authorityKeyId));
        assertEquals(2 + 2 + 20, leaf.getExtensionValue("2.5.29.14").length);
    }

    @Test
    void serials_arePositiveAndOf128Bits() {
        LeafStore store = LeafStore.of(authority, 1);
        Set<Object> serials = new HashSet<>();
        for (int i = 0; i < 50; i++) {
            var serial = store.leaf("h" + i).chain().getFirst().getSerialNumber();
            assertEquals(1, serial.signum());
            assertEquals(128, serial.bitLength());
            serials.add(serial);
        }
        assertEquals(50, serials.size());
    }

    @Test
    void life_is199DaysBackdatedOne() {
        X509Certificate leaf = leaf("self.example");
        assertEquals(Date.from(START.minus(DAY)), leaf.getNotBefore());
        assertEquals(Date.from(START.plus(DAY.multipliedBy(198))), leaf.getNotAfter());
    }

    @Test
    void life_endsWithTheRoot() {
        Date rootEnd = authority.certificate().getNotAfter();
        now.set(rootEnd.toInstant().minus(DAY.multipliedBy(50)));
        LeafStore store = LeafStore.of(authority);
        Leaf leaf = store.leaf("self.example");
        assertEquals(rootEnd, leaf.chain().getFirst().getNotAfter());
        now.set(rootEnd.toInstant().minus(DAY));
        assertSame(leaf, store.leaf("self.example"), "signing again would gain nothing");
    }

    @Test
    void renewal_comesThirtyDaysBeforeTheEnd() {
        LeafStore store = LeafStore.of(authority);
        Leaf first = store.leaf("self.example");
        Instant renewal =
                first.chain()
                        .getFirst()
                        .getNotAfter()
                        .toInstant()
                        .minus(LeafStore.RENEWED_BEFORE_END);
        now.set(renewal.minusSeconds(1));
        assertSame(first, store.leaf("self.example"));
        now.set(renewal);
        Leaf second = store.leaf("self.example");
        assertNotEquals(first.chain(), second.chain());
        assertSame(first.key(), second.key());
    }

    @Test
    void cache_holdsItsLimitAndDropsTheLongestUnused() {
        LeafStore store = LeafStore.of(authority, 2);
        Leaf a = store.leaf("a");
        Leaf b = store.leaf("b");
        assertSame(a, store.leaf("a"));
        store.leaf("c");
        assertEquals(2, store.size());
        assertSame(a, store.leaf("A."));
        assertNotEquals(b.chain(), store.leaf("b").chain());
        assertThrows(IllegalArgumentException.class, () -> LeafStore.of(authority, 0));
    }

    @Test
    void thunderingHerd_signsOnceAHost() throws Exception {
        LeafStore store = LeafStore.of(authority);
        CountDownLatch start = new CountDownLatch(1);
        List<Future<Leaf>> leaves = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 400; i++) {
                String host = "host" + i % 4;
                leaves.add(
                        threads.submit(() -> {
                            start.await();
                            return store.leaf(host);
                        }));
            }
            start.countDown();
            Set<Object> serials = new HashSet<>();
            for (Future<Leaf> leaf : leaves) {
                serials.add(leaf.get().chain().getFirst().getSerialNumber());
            }
            assertEquals(4, serials.size());
        }
    }

    @Test
    void signingThatFailsOnce_isTriedAnewByTheNextWhoAsks() {
        Deque<Throwable> failures =
                new ArrayDeque<>(
                        List.of(
                                new IllegalStateException("made up"),
                                new OutOfMemoryError("made up")));
        LeafStore store =
                new LeafStore(
                        authority,
                        2,
                        (name, key, at) -> {
                            failNext(failures);
                            return authority.issue(name, key, at);
                        },
                        CertificateMaker::newKeyPair);
        for (String cause : List.of("IllegalStateException", "OutOfMemoryError")) {
            IllegalStateException failed =
                    assertThrows(IllegalStateException.class, () -> store.leaf("self.example"));
            assertEquals("java.lang." + cause + ": made up", String.valueOf(failed.getCause()));
            assertEquals(0, store.size());
        }
        assertSame(store.leaf("self.example"), store.leaf("self.example"));
    }

    @Test
    void keyThatFailsOnce_isMadeByTheNextWhoAsks_andOnce() {
        Deque<Throwable> failures = new ArrayDeque<>(List.of(new OutOfMemoryError("made up")));
        LeafStore store =
                new LeafStore(
                        authority,
                        2,
                        authority::issue,
                        () -> {
                            failNext(failures);
                            return CertificateMaker.newKeyPair();
                        });
        assertThrows(IllegalStateException.class, () -> store.leaf("a"));
        assertSame(store.leaf("a").key(), store.leaf("b").key());
    }

    private static void failNext(Deque<Throwable> failures) {
        switch (failures.poll()) {
            case RuntimeException exception -> throw exception;
            case Error error -> throw error;
            case null -> {}
            default -> throw new IllegalStateException("neither");
        }
    }

    @Test
    void interruptedThread_getsItsLeafAndStaysInterrupted() {
        LeafStore store = LeafStore.of(authority);
        Thread.currentThread().interrupt();
        Leaf leaf = store.leaf("self.example");
        assertTrue(Thread.interrupted());
        assertSame(leaf, store.leaf("self.example"));
    }

    @Test
    void chain_validates() throws Exception {
        Leaf leaf = LeafStore.of(authority).leaf("self.example");
        assertEquals(authority.certificate(), leaf.chain().get(1));
        TrustAnchor anchor = new TrustAnchor(authority.certificate(), null);
        PKIXParameters parameters = new PKIXParameters(Set.of(anchor));
        parameters.setRevocationEnabled(false);
        parameters.setDate(Date.from(START));
        CertPathValidator.getInstance("PKIX")
                .validate(
                        CertificateFactory.getInstance("X.509")
                                .generateCertPath(List.of(leaf.chain().getFirst())),
                        parameters);
    }

    @Test
    void noHostName_getsALeafForNobody_sharedByAll() throws Exception {
        LeafStore store = LeafStore.of(authority);
        Leaf wildcard = store.leaf("*.example");
        assertNull(wildcard.chain().getFirst().getSubjectAlternativeNames());
        assertSame(wildcard, store.leaf("a".repeat(100_000)));
        assertSame(wildcard, store.leaf("\u0000"));
        assertEquals(1, store.size());
    }

    @Property(tries = 200)
    void anyText_hasALeaf(@ForAll @StringLength(max = 260) String text) throws Exception {
        LeafStore store = LeafStore.of(Lazy.AUTHORITY, 10);
        X509Certificate leaf = store.leaf(text).chain().getFirst();
        leaf.verify(Lazy.AUTHORITY.certificate().getPublicKey());
    }

    private X509Certificate leaf(String host) {
        return LeafStore.of(authority).leaf(host).chain().getFirst();
    }

    private String subject(String host) {
        return leaf(host).getSubjectX500Principal().getName();
    }

    private static Collection<List<?>> names(X509Certificate leaf) throws Exception {
        return new ArrayList<>(leaf.getSubjectAlternativeNames());
    }

    private static byte[] tail(byte[] extension) {
        byte[] tail = new byte[20];
        System.arraycopy(extension, extension.length - tail.length, tail, 0, tail.length);
        return tail;
    }

    /** For properties, which have no temporary folder. */
    private static final class Lazy {
        static final CertificateAuthority AUTHORITY = open();

        private static CertificateAuthority open() {
            try {
                Path folder = java.nio.file.Files.createTempDirectory("leaf-store-test");
                CertificateAuthority made =
                        CertificateAuthority.open(folder, InstantSource.system());
                for (String name : List.of("ca.key", "ca.crt", "ca.lock", ".")) {
                    java.nio.file.Files.delete(folder.resolve(name).normalize());
                }
                return made;
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
