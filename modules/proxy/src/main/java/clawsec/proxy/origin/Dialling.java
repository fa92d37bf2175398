package clawsec.proxy.origin;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Sees to it that one thread at a time connects to an origin whose connections can be shared. Safe
 * for use by many threads.
 */
final class Dialling {
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Origin, Condition> busy = new HashMap<>();

    /** A thread's turn, which ends when it is closed. */
    final class Turn implements AutoCloseable {
        private final Origin origin;
        private final boolean isFirst;

        private Turn(Origin origin, boolean isFirst) {
            this.origin = origin;
            this.isFirst = isFirst;
        }

        /** Whether nobody else connected while this thread waited. */
        boolean isFirst() {
            return isFirst;
        }

        @Override
        public void close() {
            lock.lock();
            try {
                Condition waiting = busy.remove(origin);
                if (waiting != null) {
                    waiting.signalAll();
                }
            } finally {
                lock.unlock();
            }
        }
    }

    /** Waits for the threads that connect to that origin. */
    Turn await(Origin origin) throws InterruptedException {
        lock.lock();
        try {
            boolean isFirst = true;
            Condition waiting = busy.get(origin);
            while (waiting != null) {
                isFirst = false;
                waiting.await();
                waiting = busy.get(origin);
            }
            busy.put(origin, lock.newCondition());
            return new Turn(origin, isFirst);
        } finally {
            lock.unlock();
        }
    }
}
