package clawsec.bench;

/**
 * What a load generator counted.
 *
 * @param rate units a second: requests, connections, or megabytes
 * @param units how many there were
 * @param failures answers that were missing or not 200; they are not among the units
 */
record Tally(double rate, double units, long failures) {
    Tally {
        if (!(rate >= 0) || !(units >= 0) || failures < 0) {
            throw new IllegalArgumentException(
                    "rate %s, units %s, failures %d".formatted(rate, units, failures));
        }
    }
}
