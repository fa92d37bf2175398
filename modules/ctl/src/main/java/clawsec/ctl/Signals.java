package clawsec.ctl;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * Turns signals into wishes. A shutdown hook would not do: after one the process ends with 128 +
 * the signal's number, as if it had failed, and without the AOT cache that a training run writes at
 * a normal exit.
 */
@SuppressWarnings("sunapi") // the only way to end a signal with an exit status of 0
final class Signals {
    /** What a signal asks for. */
    enum Wish {
        STOP,
        /** To read the configuration and the rules again. */
        RELOAD
    }

    private static final Path TERMINAL = Path.of("/dev/tty");

    private final BlockingQueue<Wish> wishes = new LinkedBlockingQueue<>();

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
        handle("INT", signal -> wishes.add(Wish.STOP));
        handle("TERM", signal -> wishes.add(Wish.STOP));
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
        return wishes.poll(limit.toNanos(), TimeUnit.NANOSECONDS) != null;
    }

    /** Waits for a signal. */
    Wish take() throws InterruptedException {
        return wishes.take();
    }
}
