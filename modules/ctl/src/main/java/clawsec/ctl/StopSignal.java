package clawsec.ctl;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import sun.misc.Signal;

/**
 * Turns SIGINT, SIGTERM and SIGHUP into a wish to stop. A shutdown hook would not do: after one the
 * process ends with 128 + the signal's number, as if it had failed, and without the AOT cache that
 * a training run writes at a normal exit.
 */
@SuppressWarnings("sunapi") // the only way to end a signal with an exit status of 0
final class StopSignal {
    private final CountDownLatch wished = new CountDownLatch(1);

    private StopSignal() {}

    /** Takes the signals over. One that the process was started to ignore (nohup) stays ignored. */
    static StopSignal install() {
        StopSignal stop = new StopSignal();
        for (String name : new String[] {"HUP", "INT", "TERM"}) {
            Signal.handle(new Signal(name), signal -> stop.wished.countDown());
        }
        return stop;
    }

    /**
     * Waits for one of the signals, but not longer than {@code limit}.
     *
     * @return true when one came
     */
    boolean await(Duration limit) throws InterruptedException {
        return wished.await(limit.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Waits for one of the signals. */
    void await() throws InterruptedException {
        wished.await();
    }
}
