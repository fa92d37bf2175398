package clawsec.ctl;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * Turns signals into wishes. A shutdown hook would not do: after one the process ends with 128 +
 * the signal's number, as if it had failed, and without the AOT cache that a training run writes at
 * a normal exit.
 *
 * <p>Safe for use by many threads; each signal comes on a thread of its own.
 */
@SuppressWarnings("sunapi") // the only way to end a signal with an exit status of 0
final class Signals {
    /** What a signal asks for. */
    enum Wish {
        STOP,
        /** To read the configuration and the rules again. */
        RELOAD
    }

    /**
     * How long a wish to stop waits until somebody asks for wishes. Longer than that a start only
     * takes when it hangs, in a file lock or a pipe, and then nobody ever asks.
     */
    static final Duration START_PATIENCE = Duration.ofSeconds(2);

    /** As shells count: the exit status of a process that a signal ended. */
    private static final int SIGNALLED = 128;

    private static final Path TERMINAL = Path.of("/dev/tty");

    private final BlockingQueue<Wish> wishes = new LinkedBlockingQueue<>();
    private final CountDownLatch asked = new CountDownLatch(1);

    private Signals() {}

    /**
     * Takes SIGHUP, SIGINT and SIGTERM over. One that the process was started to ignore (nohup)
     * stays ignored.
     */
    static Signals ofViewer() {
        Signals signals = new Signals();
        signals.handle("HUP", signal -> signals.wishes.add(Wish.STOP));
        signals.handleStop();
        return signals;
    }

    /**
     * As {@link #ofViewer}, but SIGHUP asks to reload, unless it tells that the terminal which the
     * process was started on is gone.
     */
    static Signals ofDaemon() {
        Signals signals = new Signals();
        boolean hadTerminal = hasTerminal();
        signals.handle(
                "HUP",
                signal ->
                        signals.wishes.add(
                                hadTerminal && !hasTerminal() ? Wish.STOP : Wish.RELOAD));
        signals.handleStop();
        return signals;
    }

    private void handleStop() {
        handle("INT", this::stop);
        handle("TERM", this::stop);
    }

    private void stop(Signal signal) {
        wishes.add(Wish.STOP);
        try {
            if (!asked.await(START_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                System.err.println("clawsec: ended by SIG" + signal.getName() + " while starting");
                System.exit(SIGNALLED + signal.getNumber());
            }
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
    }

    private void handle(String name, SignalHandler handler) {
        Signal.handle(new Signal(name), handler);
    }

    private static boolean hasTerminal() {
        try (FileInputStream terminal = new FileInputStream(TERMINAL.toFile())) {
            return terminal.getFD().valid();
        } catch (IOException none) {
            return false;
        }
    }

    /**
     * Waits for a signal, but not longer than {@code limit}.
     *
     * @return true when one came
     */
    boolean await(Duration limit) throws InterruptedException {
        asked.countDown();
        return wishes.poll(limit.toNanos(), TimeUnit.NANOSECONDS) != null;
    }

    /** Waits for a signal. */
    Wish take() throws InterruptedException {
        asked.countDown();
        return wishes.take();
    }
}
