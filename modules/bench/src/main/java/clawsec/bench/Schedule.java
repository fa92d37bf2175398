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
    static final int MAX_ROUNDS = 99;

    /** Starting the load generator, and waiting for its report. */
    private static final double CELL_OVERHEAD_SECONDS = 0.4;

    private static final double START_SECONDS = 8;
    private static final double SLOW_WARM_UP_SHARE = 0.13;
    private static final double WARM_UP_SECONDS = 1;
    private static final double GOOD_CELL_SECONDS = 2.5;
    private static final double MIN_CELL_SECONDS = 1;

    static Schedule of(Duration budget, int rows, int slowPeers, int otherPeers) {
        double seconds = budget.toMillis() / 1000.0;
        double slowSeconds = Math.max(WARM_UP_SECONDS, seconds * SLOW_WARM_UP_SHARE / rows);
        double warmUpSeconds = rows * (slowPeers * slowSeconds + otherPeers * WARM_UP_SECONDS);
        double secondsLeft = seconds - START_SECONDS - warmUpSeconds;
        double cells = (double) rows * (slowPeers + otherPeers);
        double roundSeconds = cells * (GOOD_CELL_SECONDS + CELL_OVERHEAD_SECONDS);
        int rounds = (int) Math.clamp(Math.floor(secondsLeft / roundSeconds), 1, MAX_ROUNDS);
        double cell = secondsLeft / (cells * rounds) - CELL_OVERHEAD_SECONDS;
        return new Schedule(
                duration(slowSeconds),
                duration(WARM_UP_SECONDS),
                rounds,
                duration(Math.max(MIN_CELL_SECONDS, cell)));
    }

    private static Duration duration(double seconds) {
        return Duration.ofMillis(Math.round(seconds * 1000));
    }
}
