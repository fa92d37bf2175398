package clawsec.detect;

import clawsec.detect.decode.FurtherLook;
import clawsec.detect.decode.Novelty;
import clawsec.detect.decode.Via;
import clawsec.detect.engine.Sieve;
import java.util.Arrays;

/**
 * Says of a whole text, sooner than a {@link Layer} finds out, whether there may be something in
 * it. Where there is something in one after the other, it seldom looks. Confined to its scan.
 */
final class FirstLook {
    /** In a longer text there may be something. */
    static final int MOST_BYTES = 4096;

    /** After so many texts with something most are taken for such. */
    static final int MOST_IN_A_ROW = 4;

    /** One of so many is looked at even then. */
    static final int LOOK_EVERY = 16;

    private static final int FIRST = Math.max(Sieve.PADDING_BYTES, FurtherLook.PADDING_BYTES);

    private final Sieve sieve;
    private final FurtherLook further;

    /** The text, with line ends on either side. */
    private final byte[] buffer = new byte[FIRST + MOST_BYTES + FIRST];

    /** Says that all of it is new. */
    private final Novelty all = new Novelty();

    private int inARow;

    /** Texts that were not looked at since one was. */
    private int passedOver;

    FirstLook(Sieve sieve, FurtherLook further) {
        this.sieve = sieve;
        this.further = further;
        Arrays.fill(buffer, 0, FIRST, (byte) '\n');
        all.addAllFrom(0, Via.none(), 0, 0);
    }

    /** Whether a rule that is reported may match in a text, or it may decode to something. */
    boolean mayHold(byte[] text) {
        boolean isPassedOver = inARow >= MOST_IN_A_ROW && ++passedOver < LOOK_EVERY;
        if (isPassedOver || text.length > MOST_BYTES) {
            return true;
        }
        boolean may = holds(text);
        inARow = may ? inARow + 1 : 0;
        passedOver = 0;
        return may;
    }

    private boolean holds(byte[] text) {
        int to = FIRST + text.length;
        System.arraycopy(text, 0, buffer, FIRST, text.length);
        Arrays.fill(buffer, to, to + FIRST, (byte) '\n');
        sieve.begin(buffer, FIRST, to);
        if (sieve.mayMatch(FIRST, to, to) || FurtherLook.isOther(text)) {
            return true;
        }
        further.begin(buffer, FIRST, to);
        return further.mayDecode(FIRST, to, all);
    }
}
