package clawsec.http.h2;

/** What the pieces of a DATA frame add up to, so that it counts once in however many it comes. */
final class DataPieces {
    private boolean hasContent;
    private boolean hasBrokenStream;

    /** Whether there was content in this frame, up to this piece. */
    boolean hasContent(Http2Frame.Data piece) {
        boolean has = hasContent || piece.bytes().hasRemaining();
        hasContent = has && !piece.endsFrame();
        return has;
    }

    /** This piece broke its stream, so that nobody waits for those that follow. */
    void breakStream(Http2Frame.Data piece) {
        hasBrokenStream = !piece.endsFrame();
    }

    /** Whether this piece, which nobody waits for, ends a frame that did no harm yet. */
    boolean endsUselessFrame(Http2Frame.Data piece) {
        boolean ends = piece.endsFrame() && !hasBrokenStream;
        hasBrokenStream &= !piece.endsFrame();
        return ends;
    }
}
