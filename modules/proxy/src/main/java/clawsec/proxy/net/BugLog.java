package clawsec.proxy.net;

/**
 * Says that one round of an endless thread met a bug, or no memory, so that the thread can go on:
 * it must not end because the log cannot be written either.
 */
public final class BugLog {
    private static final System.Logger LOG = System.getLogger("clawsec.proxy");

    private BugLog() {}

    /**
     * @param who the thread, as the beginning of a sentence
     */
    public static void log(String who, Throwable ours) {
        try {
            LOG.log(System.Logger.Level.ERROR, who + " met a bug and goes on", ours);
        } catch (RuntimeException | Error unsaid) {
            // Out of memory, most likely; the next round may fare better.
        }
    }
}
