package clawsec.detect.decode;

/**
 * Says of short texts in which escape sequences were undone whether they may decode to something
 * further that is new. The texts lie behind each other in one array, a line break before each, so
 * that {@link Signs} are looked for in one pass. It asks for what the readers of this package begin
 * with. Confined to one thread at a time.
 */
public final class FurtherLook {
    /** Bytes that have to be in the array behind the last text. */
    public static final int PADDING_BYTES = Signs.PADDING_BYTES;

    private final Signs signs = new Signs();
    private final Escape escape = new Escape();
    private byte[] texts = new byte[0];

    /**
     * Takes an array with texts to be asked for.
     *
     * @param from index of the first byte of the first one
     * @param to index behind the last byte of the last one
     */
    public void begin(byte[] array, int from, int to) {
        texts = array;
        signs.read(array, from, to);
    }

    /**
     * Whether a text may decode to something that its source does not show.
     *
     * @param from index of its first byte, not 0
     * @param to index behind its last byte
     * @param novelty what is new, by index of the array
     */
    public boolean mayDecode(int from, int to, Novelty novelty) {
        return holdsEscape(from, to)
                || holdsRun(from, to, novelty)
                || PairReader.holdsPairs(signs, texts, from, to)
                || LineReader.holdsSign(signs, texts, from, to)
                || holdsBinary(from, to);
    }

    /**
     * Whether a text is something else from its first byte on, in a form that shows only there:
     * wide characters, or something compressed.
     */
    public static boolean isOther(byte[] text) {
        int to = text.length;
        return WideLook.formOfMark(text, to) != WideLook.NONE
                || WideLook.form(text, 0, Math.min(to, WideLook.LOOK_BYTES)) != WideLook.NONE
                || TextLook.isZipEntry(text, 0, to)
                || DeflateLook.isText(text, 0, to);
    }

    private boolean holdsEscape(int from, int to) {
        for (int at = signs.nextEscape(from, to); at < to; at = signs.nextEscape(at + 1, to)) {
            if (Escapes.read(texts, at, to, true, escape) > 0) {
                return true;
            }
        }
        return false;
    }

    /** Whether a run reads otherwise than in the source, or may go on with one behind a line. */
    private boolean holdsRun(int from, int to, Novelty novelty) {
        int at = signs.nextRun(from, RunReader.MIN_CHARACTERS);
        while (at < to) {
            int end = signs.runEnd(at, to);
            boolean endsLine = end < to && (texts[end] == '\n' || texts[end] == '\r');
            if (novelty.placeInRun(at, end) >= 0 || (endsLine && novelty.isIn(end, to + 1))) {
                return true;
            }
            at = signs.nextRun(end, RunReader.MIN_CHARACTERS);
        }
        return false;
    }

    private boolean holdsBinary(int from, int to) {
        return signs.holdsBinary(from, to)
                || (to - from > 1 && TextLook.isZlib(texts[from], texts[from + 1]));
    }
}
