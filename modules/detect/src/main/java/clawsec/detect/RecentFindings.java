package clawsec.detect;

/**
 * The latest matches in a sequence of messages, by fingerprint, so that reading over the cuts
 * between messages does not report them again. One that is known may have got longer there, at
 * either end: the message it was found in showed a part of it. Confined to its scan.
 */
final class RecentFindings {
    /** The most that are known. */
    static final int MAX_KNOWN = 128;

    /** Of those further behind none is read again. */
    static final int MAX_BYTES_BEHIND = 16_384;

    private static final long FACTOR = 0x9e3779b97f4a7c15L;

    private int[] rules = {};
    private int[] lengths = {};
    private long[] prints = {};
    private long[] places = {};
    private int next;
    private long place;

    /** So many bytes more were read. */
    void advance(int bytes) {
        place += bytes;
    }

    void add(int rule, byte[] match) {
        if (rules.length == 0) {
            rules = new int[MAX_KNOWN];
            lengths = new int[MAX_KNOWN];
            prints = new long[MAX_KNOWN];
            places = new long[MAX_KNOWN];
        }
        rules[next] = rule;
        lengths[next] = match.length;
        prints[next] = print(match, 0, match.length);
        places[next] = place;
        next = (next + 1) % MAX_KNOWN;
    }

    /** Whether a match of the rule is known, or a part of it is that it begins or ends with. */
    boolean holds(int rule, byte[] match) {
        for (int i = 0; i < rules.length; i++) {
            int length = lengths[i];
            if (rules[i] == rule
                    && length > 0
                    && length <= match.length
                    && place - places[i] <= MAX_BYTES_BEHIND
                    && (prints[i] == print(match, 0, length)
                            || prints[i] == print(match, match.length - length, length))) {
                return true;
            }
        }
        return false;
    }

    private static long print(byte[] bytes, int from, int count) {
        long print = 0;
        for (int i = from; i < from + count; i++) {
            print = (print ^ bytes[i]) * FACTOR;
            print ^= print >>> 29;
        }
        return print;
    }
}
