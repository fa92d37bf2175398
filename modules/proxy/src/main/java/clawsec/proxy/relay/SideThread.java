package clawsec.proxy.relay;

/** The threads that carry a connection's other direction beside its own thread. */
final class SideThread {
    private static final System.Logger LOG = System.getLogger("clawsec.proxy");

    private SideThread() {}

    /** Runs {@code body}, which releases what it holds also when it meets a bug of ours. */
    static Thread start(String name, Runnable body) {
        Thread thread = unstarted(name, body);
        thread.start();
        return thread;
    }

    /** As {@link #start}, but the caller starts it. */
    static Thread unstarted(String name, Runnable body) {
        return Thread.ofVirtual()
                .name(name)
                .unstarted(() -> {
                    try {
                        body.run();
                    } catch (RuntimeException | Error ours) {
                        // The catch-all of this thread: its connection ends, the process goes on.
                        LOG.log(
                                System.Logger.Level.ERROR,
                                "The " + name + " of a connection met a bug",
                                ours);
                    }
                });
    }
}
