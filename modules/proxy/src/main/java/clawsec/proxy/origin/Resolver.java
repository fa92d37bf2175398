package clawsec.proxy.origin;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Names to addresses, by the system's resolver. A lookup blocks a thread in native code for as long
 * as the DNS server takes; on a virtual thread it would hold a carrier, and a few slow names would
 * stop every connection. So lookups have platform threads of their own, bounded in number; those
 * who ask for the same name share one, and a name for which there is no thread waits its turn. Safe
 * for use by many threads.
 */
final class Resolver implements AutoCloseable {
    static final int LOOKUPS_AT_ONCE = 128;

    /** What asks the system. */
    interface Lookup {
        InetAddress[] addresses(String host) throws UnknownHostException;
    }

    /** One lookup with all that wait for it. */
    private static final class Shared extends FutureTask<InetAddress[]> {
        private volatile boolean hasBegun;
        private int waiters; // guarded by the map: changed only while it computes this entry

        Shared(Callable<InetAddress[]> body) {
            super(body);
        }

        @Override
        public void run() {
            hasBegun = true;
            super.run();
        }
    }

    private final Lookup lookup;
    private final ConcurrentMap<String, Shared> underWay = new ConcurrentHashMap<>();
    private final ThreadPoolExecutor threads;

    Resolver() {
        this(InetAddress::getAllByName);
    }

    Resolver(Lookup lookup) {
        this.lookup = lookup;
        this.threads =
                new ThreadPoolExecutor(
                        LOOKUPS_AT_ONCE,
                        LOOKUPS_AT_ONCE,
                        10,
                        TimeUnit.SECONDS,
                        new LinkedBlockingQueue<>(),
                        Thread.ofPlatform().daemon().name("clawsec-dns-", 0).factory());
        threads.allowCoreThreadTimeOut(true);
    }

    /** The addresses of a host in the resolver's order; literals are not looked up. */
    List<InetAddress> addresses(String host, Duration limit)
            throws OriginFailure, InterruptedException {
        if (isLiteral(host)) {
            return List.of(literal(host).orElseThrow(() -> OriginFailure.unknownName(host)));
        }
        Shared answer = join(host);
        try {
            return List.of(answer.get(limit.toMillis(), TimeUnit.MILLISECONDS));
        } catch (ExecutionException failed) {
            throw OriginFailure.unknownName(host);
        } catch (TimeoutException tooSlow) {
            throw answer.hasBegun
                    ? OriginFailure.nameTimeout(host, limit)
                    : OriginFailure.nameNotAsked(host, limit, LOOKUPS_AT_ONCE);
        } finally {
            leave(host, answer);
        }
    }

    private Shared join(String host) {
        return underWay.compute(
                host,
                (name, running) -> {
                    Shared shared = running;
                    if (shared == null) {
                        shared = new Shared(() -> lookUp(name));
                        threads.execute(shared);
                    }
                    shared.waiters++;
                    return shared;
                });
    }

    private InetAddress[] lookUp(String host) throws UnknownHostException {
        try {
            return lookup.addresses(host);
        } finally {
            underWay.remove(host);
        }
    }

    /** A lookup that nobody waits for any more, and that has not begun, is not made. */
    private void leave(String host, Shared left) {
        underWay.computeIfPresent(
                host,
                (name, running) -> {
                    if (running != left) {
                        return running;
                    }
                    running.waiters--;
                    return running.waiters == 0 && threads.remove(running) ? null : running;
                });
    }

    private static boolean isLiteral(String host) {
        return host.indexOf(':') >= 0 || (!host.isEmpty() && isDottedQuad(host));
    }

    private static boolean isDottedQuad(String host) {
        for (int i = 0; i < host.length(); i++) {
            char c = host.charAt(i);
            if (c != '.' && (c < '0' || c > '9')) {
                return false;
            }
        }
        return true;
    }

    /** The address that an IP literal is; empty for names, and for what only looks like one. */
    static Optional<InetAddress> literal(String host) {
        try {
            return isLiteral(host) ? Optional.of(InetAddress.ofLiteral(host)) : Optional.empty();
        } catch (IllegalArgumentException notAnAddress) {
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
