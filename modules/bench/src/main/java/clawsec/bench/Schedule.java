package clawsec.bench;

import java.time.Duration;

/**
 * How a budget of time is spent. A run that cannot be squeezed into its budget takes longer.
 *
 * @param slowWarmUp for each row, of a peer that compiles while it runs
 * @param warmUp for each row, of any other peer
 * @param rounds each measures every row with every peer
 * @param cell one measurement
 */
record Schedule(Duration slowWarmUp, Duration warmUp, int rounds, Duration cell) {
    static final int MAX_ROUNDS = 5;

    /** Starting the load generator and waiting for its end. */
    private static final double CELL_OVERHEAD_SECONDS = 0.15;

    private static final double START_SECONDS = 8;
    private static final double SLOW_WARM_UP_SHARE = 0.16;
    private static final double MIN_CELL_SECONDS = 1;

    static Schedule of(Duration budget, int rows, int slowPeers, int otherPeers) {
        double seconds = budget.toMillis() / 1000.0;
        double slowSeconds = Math.max(1, seconds * SLOW_WARM_UP_SHARE / rows);
        double otherSeconds = 1;
        double left =
                seconds
                        - START_SECONDS
                        - rows * (slowPeers * slowSeconds + otherPeers * otherSeconds);
        double cells = (double) rows * (slowPeers + otherPeers);
        double shortest = MIN_CELL_SECONDS + CELL_OVERHEAD_SECONDS;
        int rounds = (int) Math.clamp(Math.floor(left / (cells * shortest)), 1, MAX_ROUNDS);
        double cell = left / (cells * rounds) - CELL_OVERHEAD_SECONDS;
        // wrk measures whole seconds.
        double whole = Math.max(MIN_CELL_SECONDS, Math.floor(cell));
        return new Schedule(duration(slowSeconds), duration(otherSeconds), rounds, duration(whole));
    }

    private static Duration duration(double seconds) {
        return Duration.ofMillis(Math.round(seconds * 1000));
    }
}
