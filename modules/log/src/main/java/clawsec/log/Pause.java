package clawsec.log;

/** How a follower waits until it looks again. */
@FunctionalInterface
public interface Pause {
    /**
     * Waits a moment.
     *
     * @return false to stop following
     */
    boolean await() throws InterruptedException;
}
