package clawsec.proxy.origin;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Names to addresses, by the system's resolver. A lookup blocks a thread in native code for as long
 * as the DNS server takes; on a virtual thread it would hold a carrier, and a few slow names would
 * stop every connection. So lookups have platform threads of their own, bounded in number. Safe for
 * use by many threads.
 */
final class Resolver implements AutoCloseable {
    static final int LOOKUPS_AT_ONCE = 128;

    /** What asks the system. */
    interface Lookup {
        InetAddress[] addresses(String host) throws UnknownHostException;
    }

    private final Lookup lookup;
    private final ExecutorService lookups =
            new ThreadPoolExecutor(
                    0,
                    LOOKUPS_AT_ONCE,
                    10,
                    TimeUnit.SECONDS,
                    new SynchronousQueue<>(),
                    Thread.ofPlatform().daemon().name("clawsec-dns-", 0).factory());

    Resolver() {
        this(InetAddress::getAllByName);
    }

    Resolver(Lookup lookup) {
        this.lookup = lookup;
    }

    /** The addresses of a host in the resolver's order; literals are not looked up. */
    List<InetAddress> addresses(String host, Duration limit)
            throws OriginFailure, InterruptedException {
        if (isLiteral(host)) {
            return List.of(literal(host).orElseThrow(() -> OriginFailure.unknownName(host)));
        }
        Future<InetAddress[]> answer;
        try {
            answer = lookups.submit(() -> lookup.addresses(host));
        } catch (RejectedExecutionException allBusy) {
            throw OriginFailure.nameTimeout(host, limit);
        }
        try {
            return List.of(answer.get(limit.toMillis(), TimeUnit.MILLISECONDS));
        } catch (ExecutionException failed) {
            throw OriginFailure.unknownName(host);
        } catch (TimeoutException tooSlow) {
            throw OriginFailure.nameTimeout(host, limit);
        }
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
        lookups.shutdownNow();
    }
}
