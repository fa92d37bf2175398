package clawsec.proxy.relay;

import clawsec.http.Fields;
import clawsec.proxy.Inspection;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.ReentrantLock;

/**
 * An inspection that two threads share: the one that carries the request content, and the one that
 * carries an early response and first wants recorded what the request held. Guarded by {@code
 * lock}.
 */
final class GuardedInspection implements Inspection {
    private final Inspection inspection;
    private final ReentrantLock lock = new ReentrantLock();

    GuardedInspection(Inspection inspection) {
        this.inspection = inspection;
    }

    @Override
    public void head(ByteBuffer encoded, Fields fields) {
        locked(() -> inspection.head(encoded, fields));
    }

    @Override
    public void content(ByteBuffer bytes) {
        locked(() -> inspection.content(bytes));
    }

    @Override
    public boolean isPending() {
        lock.lock();
        try {
            return inspection.isPending();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void flush() {
        locked(inspection::flush);
    }

    @Override
    public void end() {
        locked(inspection::end);
    }

    @Override
    public void close() {
        locked(inspection::close);
    }

    private void locked(Runnable action) {
        lock.lock();
        try {
            action.run();
        } finally {
            lock.unlock();
        }
    }
}
