package clawsec.http.h2;

/**
 * What an endpoint puts up with from its peer: frames that cost work and move nothing use it up,
 * content and finished streams restore it. Needs no clock: a peer may do useless things as often as
 * it likes, if it does something useful in between. Confined to its connection.
 *
 * <p>Attacks it ends: rapid reset (CVE-2023-44487) and MadeYouReset (CVE-2025-8671), where every
 * stream is given up before it is answered, by the peer or because the peer broke it; floods of
 * PING, SETTINGS, empty DATA, priorities and small window updates (CVE-2019-9511 to 9518).
 */
final class Patience {
    /** A stream that ended before its time; all work done for it was in vain. */
    static final int BROKEN_STREAM = 10;

    /** Settings have to be applied to every stream, and answered. */
    static final int SETTINGS = 5;

    /** Anything else that moves nothing. */
    static final int USELESS_FRAME = 1;

    /** What a stream that was answered in full restores. */
    static final int FINISHED_STREAM = 20;

    private final int most;
    private int left;

    Patience(int most) {
        this.most = most;
        this.left = most;
    }

    /** Uses some of it up; false when none is left. */
    boolean spend(int amount) {
        left -= amount;
        return left >= 0;
    }

    void restore(int amount) {
        left = Math.min(most, left + amount);
    }
}
