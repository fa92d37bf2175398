package clawsec.detect.engine;

import clawsec.detect.expression.Approach;

/**
 * Looks at the bytes around a literal before its pattern is woken: of the everyday words that are
 * literals nearly all are told from a match by a dozen bytes. Confined to its scan.
 */
final class Lookout {
    /** How far is looked ahead and back. */
    static final int LOOK = 160;

    /** How far is looked at first. */
    private static final int FIRST_LOOK = 16;

    /** Bytes looked at that a byte of text is worth; text that is no attack needs less. */
    private static final int LOOKS = 2;

    private long looksLeft;

    /** So many bytes of text come next. */
    void begin(long bytes) {
        looksLeft = LOOKS * bytes;
    }

    /**
     * Whether the bytes around a literal may be those of a match; true also when they do not show
     * it soon, or when finding out has become dearer than waking.
     *
     * @param start index of the literal's first byte
     * @param end index after its last
     * @param to index after the last byte that is there
     */
    boolean mayMatch(Outlook.Owner owner, byte[] text, int start, int end, int to) {
        if (looksLeft <= 0) {
            return true;
        }
        Approach approach = owner.approach();
        if (approach == null) {
            return goesOn(owner, text, end, Math.min(to, end + LOOK));
        }
        return comes(approach, text, Math.max(0, start - FIRST_LOOK), start)
                && goesOn(owner, text, end, Math.min(to, end + FIRST_LOOK))
                && comes(approach, text, Math.max(0, start - LOOK), start)
                && goesOn(owner, text, end, Math.min(to, end + LOOK));
    }

    private boolean comes(Approach approach, byte[] text, int first, int start) {
        looksLeft -= start - first;
        return !approach.isMisfit(text, first, start);
    }

    private boolean goesOn(Outlook.Owner owner, byte[] text, int end, int to) {
        int until = owner.continuation().misfit(text, end, to);
        looksLeft -= until - end;
        return until == to;
    }
}
