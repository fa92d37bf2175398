package clawsec.testkit;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** How much of the heap some code takes, whether it gives it back or not. */
public final class AllocatedBytes {
    private AllocatedBytes() {}

    /** Bytes that the current thread allocates while it runs {@code action}. */
    public static long during(Runnable action) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        action.run();
        return threads.getCurrentThreadAllocatedBytes() - before;
    }
}
