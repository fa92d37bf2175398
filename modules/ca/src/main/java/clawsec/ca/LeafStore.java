package clawsec.ca;

import java.security.KeyPair;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RunnableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Hands out one leaf a host; bounded, one signing a host however many ask at once; a signing that
 * failed is not remembered. Safe for many threads: the cache is guarded by {@code lock}, which is
 * never held while signing, the key of all leaves by {@code keyLock}.
 */
public final class LeafStore {
    /** How many hosts keep their leaf by default; the one longest unused goes first. */
    public static final int DEFAULT_MAX_HOSTS = 10_000;

    /** How long before its end a leaf is signed anew. */
    static final Duration RENEWED_BEFORE_END = Duration.ofDays(30);

    private final CertificateAuthority authority;
    private final Signer signer;
    private final Supplier<KeyPair> keyMaker;
    private final ReentrantLock keyLock = new ReentrantLock();
    private @Nullable KeyPair key;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<HostName, Issue> issues;

    /** Signs a leaf's certificate. */
    interface Signer {
        X509Certificate issue(HostName name, PublicKey leafKey, Instant now);
    }

    /** As {@link #of(CertificateAuthority, int)}, with other sources of certificates and keys. */
    LeafStore(
            CertificateAuthority authority,
            int maxHosts,
            Signer signer,
            Supplier<KeyPair> keyMaker) {
        this.authority = authority;
        this.signer = signer;
        this.keyMaker = keyMaker;
        this.issues = new LeastRecentlyUsed(maxHosts);
    }

    /** A store for {@link #DEFAULT_MAX_HOSTS} hosts. */
    public static LeafStore of(CertificateAuthority authority) {
        return of(authority, DEFAULT_MAX_HOSTS);
    }

    /** A store that remembers {@code maxHosts} leaves, at least one. */
    public static LeafStore of(CertificateAuthority authority, int maxHosts) {
        if (maxHosts < 1) {
            throw new IllegalArgumentException("maxHosts " + maxHosts + " is below 1");
        }
        return new LeafStore(authority, maxHosts, authority::issue, CertificateMaker::newKeyPair);
    }

    /**
     * The leaf for a host, signed now or earlier. Every text has one: a text that is no host name
     * (longer than 253 characters, a wildcard, bytes that no name has) gets a leaf that names no
     * host, which any client that checks names refuses.
     *
     * @param host a DNS name or an IP literal, in any case, with or without a final dot
     */
    public Leaf leaf(String host) {
        HostName name = HostName.parse(host);
        Instant now = authority.now();
        Issue issue;
        lock.lock();
        try {
            issue = issues.get(name);
            if (issue == null || !now.isBefore(issue.renewal())) {
                issue = issue(name, now);
                issues.put(name, issue);
            }
        } finally {
            lock.unlock();
        }
        issue.leaf().run(); // one thread signs, and later calls are no-ops
        boolean isSigned = false;
        try {
            Leaf leaf = done(issue.leaf());
            isSigned = true;
            return leaf;
        } finally {
            if (!isSigned) {
                forget(name, issue);
            }
        }
    }

    /** Those who waited for a failed attempt fail with it; the next one to ask tries again. */
    private void forget(HostName name, Issue failed) {
        lock.lock();
        try {
            issues.remove(name, failed);
        } finally {
            lock.unlock();
        }
    }

    /** How many hosts have a leaf now. */
    int size() {
        lock.lock();
        try {
            return issues.size();
        } finally {
            lock.unlock();
        }
    }

    private Issue issue(HostName name, Instant now) {
        Instant end = now.minus(CertificateMaker.BACKDATED).plus(CertificateMaker.LEAF_LIFE);
        boolean endsWithRoot = end.isAfter(authority.certificate().getNotAfter().toInstant());
        // A leaf that ends with the root cannot be made to last longer by signing it again.
        Instant renewal = endsWithRoot ? Instant.MAX : end.minus(RENEWED_BEFORE_END);
        return new Issue(new FutureTask<>(() -> sign(name, now)), renewal);
    }

    private Leaf sign(HostName name, Instant now) {
        KeyPair pair = key();
        X509Certificate certificate = signer.issue(name, pair.getPublic(), now);
        return new Leaf(pair.getPrivate(), List.of(certificate, authority.certificate()));
    }

    private KeyPair key() {
        keyLock.lock();
        try {
            KeyPair made = key == null ? keyMaker.get() : key;
            key = made;
            return made;
        } finally {
            keyLock.unlock();
        }
    }

    private static Leaf done(RunnableFuture<Leaf> task) {
        boolean wasInterrupted = false;
        try {
            while (true) {
                try {
                    return task.get();
                } catch (InterruptedException e) {
                    wasInterrupted = true; // signing is brief, and nobody can do without it
                } catch (java.util.concurrent.ExecutionException e) {
                    throw new IllegalStateException("signing a leaf failed", e.getCause());
                }
            }
        } finally {
            if (wasInterrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** One host's leaf, signed by the first thread that runs the task. */
    private record Issue(RunnableFuture<Leaf> leaf, Instant renewal) {}

    private static final class LeastRecentlyUsed extends LinkedHashMap<HostName, Issue> {
        private static final long serialVersionUID = 1L;
        private final int maxEntries;

        LeastRecentlyUsed(int maxEntries) {
            super(16, 0.75f, true);
            this.maxEntries = maxEntries;
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<HostName, Issue> eldest) {
            return size() > maxEntries;
        }
    }
}
