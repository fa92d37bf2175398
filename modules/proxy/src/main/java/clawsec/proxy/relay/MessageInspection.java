package clawsec.proxy.relay;

import clawsec.http.Fields;
import clawsec.http.h1.Http1Encoder;
import clawsec.proxy.Inspection;
import clawsec.proxy.Inspector;
import clawsec.proxy.Passage;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The inspection of one HTTP message with its trailers. Two threads share that of a request: the
 * one that carries its content, and the one that carries an early response and first wants recorded
 * what the request held. Guarded by {@code lock}.
 */
final class MessageInspection implements AutoCloseable {
    private final Inspector inspector;
    private final Passage passage;
    private final Inspection inspection;
    private final ReentrantLock lock = new ReentrantLock();
    private boolean isEnded;

    MessageInspection(Inspector inspector, Passage passage) {
        this.inspector = inspector;
        this.passage = passage;
        this.inspection = inspector.open(passage);
    }

    void head(byte[] encoded, Fields fields) {
        locked(() -> inspection.head(ByteBuffer.wrap(encoded), fields));
    }

    /** Leaves {@code bytes} as it is. */
    void content(ByteBuffer bytes) {
        locked(() -> inspection.content(bytes.duplicate()));
    }

    boolean isPending() {
        lock.lock();
        try {
            return inspection.isPending();
        } finally {
            lock.unlock();
        }
    }

    /** Records what waits; nothing does after the end. */
    void flush() {
        locked(() -> {
            if (!isEnded) {
                inspection.flush();
            }
        });
    }

    /**
     * The message ended cleanly; its trailers are field lines, inspected as a head of their own.
     */
    void end(Fields trailers) {
        locked(() -> {
            isEnded = true;
            inspection.end();
            if (!trailers.lines().isEmpty()) {
                try (Inspection section = inspector.open(passage)) {
                    section.head(ByteBuffer.wrap(Http1Encoder.lastChunk(trailers)), trailers);
                    section.end();
                }
            }
        });
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
