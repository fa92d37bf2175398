package clawsec.detect.decode;

/** {@code %41} (RFC 3986 §2.1) and {@code %u0041}, as once written by browsers. */
final class PercentEscape {
    private PercentEscape() {}

    static int read(byte[] text, int at, int to, Escape out) {
        if (to - at < 3) {
            return isPossible(text, at, to) ? Escape.UNDECIDED : Escape.NONE;
        }
        if (text[at + 1] == 'u') {
            if (to - at < 6) {
                return Escape.UNDECIDED;
            }
            int unit = Escapes.hex(text, at + 2, 4);
            if (unit < 0) {
                return Escape.NONE;
            }
            out.start(Notation.PERCENT);
            out.addCharacter(unit);
            return 6;
        }
        int value = Escapes.hex(text, at + 1, 2);
        if (value < 0) {
            return Escape.NONE;
        }
        out.start(Notation.PERCENT);
        out.add(value);
        return 3;
    }

    private static boolean isPossible(byte[] text, int at, int to) {
        return at + 1 == to || text[at + 1] == 'u' || Escapes.hex(text, at + 1, 1) >= 0;
    }
}
