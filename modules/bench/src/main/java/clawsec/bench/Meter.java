package clawsec.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Reads clocks before and after a load. Confined to one thread. */
final class Meter {
    private static final Path OWN_STATISTICS = Path.of("/proc/self/stat");

    /** proc_pid_stat(5): processor times are in ticks, 100 a second on every Linux. */
    private static final long TICK_MILLIS = 10;

    /** Of the fields after the command's name: user and system time of children waited for. */
    private static final int CHILDREN_USER = 13;

    private static final int CHILDREN_SYSTEM = 14;

    private final Service service;
    private final long startNanos;
    private final Duration startPeer;
    private final Duration startLoad;

    private Meter(Service service) throws IOException {
        this.service = service;
        startPeer = service.cpu();
        startLoad = endedChildren();
        startNanos = System.nanoTime();
    }

    static Meter start(Target target) throws IOException {
        return new Meter(target.service());
    }

    Duration wall() {
        return Duration.ofNanos(System.nanoTime() - startNanos);
    }

    /** Reads the clocks again; the load generator has ended. */
    Sample stop(Tally tally) throws IOException {
        Duration wall = wall();
        Duration peer = service.cpu().minus(startPeer);
        return new Sample(tally, peer, endedChildren().minus(startLoad), wall);
    }

    /** Processor time of all children of this process that have ended; zero where unknown. */
    private static Duration endedChildren() throws IOException {
        if (!Files.isReadable(OWN_STATISTICS)) {
            return Duration.ZERO;
        }
        String text = Files.readString(OWN_STATISTICS);
        String[] fields = text.substring(text.lastIndexOf(')') + 2).split(" ");
        long ticks =
                Long.parseLong(fields[CHILDREN_USER]) + Long.parseLong(fields[CHILDREN_SYSTEM]);
        return Duration.ofMillis(ticks * TICK_MILLIS);
    }
}
