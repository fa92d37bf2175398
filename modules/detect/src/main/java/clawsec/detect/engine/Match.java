package clawsec.detect.engine;

import java.util.Comparator;

/**
 * A match that waits for what follows it.
 *
 * @param start the place of its first byte
 * @param end the place after its last
 * @param readyAt the place up to which the text has to be read
 */
record Match(int pattern, long start, long end, long readyAt) {
    /** In which matches are handed over. */
    static final Comparator<Match> ORDER =
            Comparator.comparingLong(Match::readyAt)
                    .thenComparingLong(Match::start)
                    .thenComparingInt(Match::pattern);
}
