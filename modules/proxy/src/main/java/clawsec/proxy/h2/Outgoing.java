package clawsec.proxy.h2;

import clawsec.proxy.net.Wire;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The frames that wait to be sent, in the order in which they were made. A thread that writes them
 * is there while there are any, so that neither whoever reads the connection nor whoever has a
 * stream waits for the peer to read. Guarded by the connection's lock.
 */
final class Outgoing {
    /** While more waits, streams do not add to it. */
    static final int FULL_BYTES = 65_536;

    /** What is kept of a buffer that nothing waits in. */
    private static final int IDLE_BYTES = 4_096;

    private final Wire wire;
    private final ReentrantLock lock;
    private final Condition drained;
    private final Runnable failed;
    private byte[] waiting = new byte[0];
    private byte[] spare = new byte[0];
    private int waitingBytes;
    private boolean isWriting;
    private boolean isClosing;
    private boolean isDone;
    private boolean endsOutput;

    /**
     * @param failed is run, without the lock, when the peer takes no more
     */
    Outgoing(Wire wire, ReentrantLock lock, Runnable failed) {
        this.wire = wire;
        this.lock = lock;
        this.drained = lock.newCondition();
        this.failed = failed;
    }

    void add(byte[] frames) {
        add(frames, 0, frames.length);
    }

    void add(byte[] bytes, int offset, int length) {
        int needed = waitingBytes + length;
        if (needed > waiting.length) {
            waiting = Arrays.copyOf(waiting, Math.max(needed, 2 * waiting.length));
        }
        System.arraycopy(bytes, offset, waiting, waitingBytes, length);
        waitingBytes = needed;
    }

    boolean isFull() {
        return waitingBytes >= FULL_BYTES;
    }

    /** Is signalled when there is room again. */
    Condition drained() {
        return drained;
    }

    /** Sees to it that what waits is written. */
    void send() {
        if (waitingBytes > 0 && !isWriting && !isClosing) {
            isWriting = true;
            Thread.ofVirtual().name("h2-write").start(this::write);
        }
    }

    /** Takes no more; what waits is still written. */
    void close() {
        if (!isClosing) {
            isClosing = true;
            drained.signalAll();
            if (!isWriting) {
                isWriting = true;
                Thread.ofVirtual().name("h2-write").start(this::write);
            }
        }
    }

    /** As {@link #close}, and tells the peer that nothing follows, which may go on for a while. */
    void finish() {
        endsOutput = true;
        close();
    }

    /** For the holder of the lock. */
    boolean isFinished() {
        return endsOutput;
    }

    /**
     * Waits until everything is written, after {@link #close}.
     *
     * @return false when that took too long
     */
    boolean awaitDone(Duration limit) {
        lock.lock();
        try {
            long left = limit.toNanos();
            while (!isDone && left > 0) {
                left = drained.awaitNanos(left);
            }
            return isDone;
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    private void write() {
        try {
            int count = swap();
            while (count > 0) {
                wire.write(spare, 0, count);
                wire.flush();
                count = swap();
            }
            if (endsNow()) {
                wire.shutdownOutput();
            }
        } catch (IOException peerIsGone) {
            stop();
            wire.abort();
            failed.run();
        }
    }

    /**
     * Takes what waits into {@code spare}, which only the writing thread uses.
     *
     * @return how much; 0 when there is nothing, with which the thread ends
     */
    private int swap() {
        lock.lock();
        try {
            int count = waitingBytes;
            if (count == 0) {
                isWriting = isClosing;
                isDone = isClosing;
                drained.signalAll();
                shrink();
                return 0;
            }
            byte[] taken = waiting;
            waiting = spare;
            spare = taken;
            waitingBytes = 0;
            drained.signalAll();
            return count;
        } finally {
            lock.unlock();
        }
    }

    private boolean endsNow() {
        lock.lock();
        try {
            return isDone && endsOutput;
        } finally {
            lock.unlock();
        }
    }

    private void shrink() {
        waiting = waiting.length > IDLE_BYTES ? new byte[0] : waiting;
        spare = spare.length > IDLE_BYTES ? new byte[0] : spare;
    }

    private void stop() {
        lock.lock();
        try {
            isWriting = false;
            isClosing = true;
            isDone = true;
            waitingBytes = 0;
            drained.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
