package clawsec.bench;

import java.time.Duration;

/**
 * One measurement of one peer.
 *
 * @param peerCpu processor time the peer used
 * @param loadCpu processor time the load generator used
 * @param wall how long it took
 */
record Sample(Tally tally, Duration peerCpu, Duration loadCpu, Duration wall) {
    double rate() {
        return tally.rate();
    }

    /** Microseconds of the peer's processor time for one unit. */
    double cpuMicrosPerUnit() {
        return tally.units() == 0 ? 0 : peerCpu.toNanos() / 1000.0 / tally.units();
    }

    /** How many processors the load generator kept busy. */
    double loadProcessors() {
        return (double) loadCpu.toNanos() / wall.toNanos();
    }
}
