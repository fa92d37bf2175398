package clawsec.proxy.relay;

import clawsec.http.Authority;
import clawsec.proxy.net.Wire;
import clawsec.proxy.origin.OriginFailure;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The origin of a silent client, asked because some servers speak first, as those for mail and SSH
 * do. A thread of its own connects and waits for the first byte, while the client's thread goes on
 * waiting for the client; no timer runs. Whoever speaks first decides what the connection is. Where
 * that is the origin, its thread carries its direction of the tunnel from then on. An origin that
 * cannot be reached, or closes without a word, decides nothing.
 *
 * <p>Guarded by its lock, which nobody holds while waiting.
 */
final class EarlyOrigin {
    /** How long an origin may take to greet; then its connection is given back. */
    static final Duration GREETING = Duration.ofSeconds(60);

    /** Connects to the origin. */
    interface Dial {
        Wire connect() throws IOException, InterruptedException;
    }

    /** Takes an origin that spoke first; returns when its direction has ended. */
    interface Greeted {
        void carry(Wire origin);
    }

    private enum First {
        NOBODY,
        ORIGIN,
        CLIENT
    }

    private final Authority authority;
    private final Dial dial;
    private final Greeted greeted;
    private final Runnable failed;
    private final ReentrantLock lock = new ReentrantLock();
    private final Thread thread;
    private First first = First.NOBODY;
    private @Nullable Wire origin;
    private @Nullable OriginFailure failure;

    private EarlyOrigin(Authority authority, Dial dial, Greeted greeted, Runnable failed) {
        this.authority = authority;
        this.dial = dial;
        this.greeted = greeted;
        this.failed = failed;
        this.thread = SideThread.unstarted("first-bytes", this::ask);
    }

    /**
     * Begins to ask.
     *
     * @param failed is called under the lock when no greeting is to be expected any more, while the
     *     client is silent
     */
    static EarlyOrigin ask(Authority authority, Dial dial, Greeted greeted, Runnable failed) {
        EarlyOrigin early = new EarlyOrigin(authority, dial, greeted, failed);
        early.thread.start();
        return early;
    }

    private void ask() {
        try {
            Wire connected = dial.connect();
            if (!hold(connected)) {
                connected.abort();
                return;
            }
            connected.deadline().allowInTotal(GREETING);
            if (connected.input().hasRemaining() || connected.fill()) {
                connected.deadline().allowAnyTotal();
                if (isFirst()) {
                    greeted.carry(connected);
                }
                return;
            }
            connected.abort();
            if (!connected.isExpired()) {
                fail(OriginFailure.closedEarly(authority));
            }
        } catch (OriginFailure unreachable) {
            fail(unreachable);
        } catch (IOException broken) {
            fail(OriginFailure.closedEarly(authority));
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean hold(Wire connected) {
        lock.lock();
        try {
            origin = connected;
            return first == First.NOBODY;
        } finally {
            lock.unlock();
        }
    }

    private boolean isFirst() {
        lock.lock();
        try {
            if (first == First.NOBODY) {
                first = First.ORIGIN;
            }
            return first == First.ORIGIN;
        } finally {
            lock.unlock();
        }
    }

    private void fail(OriginFailure why) {
        lock.lock();
        try {
            if (first == First.NOBODY) {
                failure = why;
                failed.run();
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * The client has spoken, or left. Where it is the first, the origin is left alone; where not,
     * the origin's thread carries on.
     *
     * @return the origin where that was first
     */
    Optional<Wire> clientSpoke() {
        lock.lock();
        try {
            if (first == First.ORIGIN) {
                return Optional.ofNullable(origin);
            }
            first = First.CLIENT;
        } finally {
            lock.unlock();
        }
        close();
        return Optional.empty();
    }

    /** Why the origin could not be asked. */
    Optional<OriginFailure> failure() {
        lock.lock();
        try {
            return Optional.ofNullable(failure);
        } finally {
            lock.unlock();
        }
    }

    /** The thread that carries the direction of an origin that was first. */
    Thread thread() {
        return thread;
    }

    /** Closes the origin's connection. */
    void close() {
        @Nullable Wire connected;
        lock.lock();
        try {
            first = first == First.NOBODY ? First.CLIENT : first;
            connected = origin;
        } finally {
            lock.unlock();
        }
        if (connected != null) {
            connected.abort();
        }
    }
}
