package clawsec.bench;

import java.io.IOException;
import java.time.Duration;

/** One thing that is measured, for every peer in the same way. */
interface Row {
    /** As in {@code BENCH_ROWS}. */
    String id();

    String title();

    /** What a rate counts each second. */
    String unit();

    /** How many times Squid's rate this proxy is meant to reach; 0 when nothing is laid down. */
    double bar();

    /** Loads the target for about the given time. */
    Sample measure(Workspace workspace, Target target, Origin origin, Duration time)
            throws IOException, InterruptedException;
}
