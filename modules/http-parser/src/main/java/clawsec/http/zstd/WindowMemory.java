package clawsec.http.zstd;

import java.util.concurrent.atomic.AtomicLong;

/**
 * What all windows of the process may hold together: 8 MB each, kept open by as many origins that
 * mean it, would take all memory there is. Safe for use by many threads.
 */
public final class WindowMemory {
    /** A quarter of the heap; three windows of 8 MB at least. */
    public static final WindowMemory SHARED =
            new WindowMemory(Math.max(24L << 20, Runtime.getRuntime().maxMemory() / 4));

    private final long limitBytes;
    private final AtomicLong heldBytes = new AtomicLong();

    public WindowMemory(long limitBytes) {
        this.limitBytes = limitBytes;
    }

    long heldBytes() {
        return heldBytes.get();
    }

    /** Whether so many more may be held; they are to be released then. */
    boolean take(int bytes) {
        if (heldBytes.addAndGet(bytes) <= limitBytes) {
            return true;
        }
        heldBytes.addAndGet(-bytes);
        return false;
    }

    void release(int bytes) {
        heldBytes.addAndGet(-bytes);
    }
}
