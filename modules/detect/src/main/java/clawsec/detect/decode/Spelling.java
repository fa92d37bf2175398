package clawsec.detect.decode;

import java.text.Normalizer;

/**
 * Characters beyond ASCII that rules write otherwise: capital letters, spaces other than U+0020,
 * vowel signs and stretching of Arabic, points of Hebrew, presentation forms and the like of
 * letters that have others (NFKC, Unicode Standard Annex 15).
 */
final class Spelling {
    private static final int MADDA = 0x653;
    private static final int HAMZA_BELOW = 0x655;
    private static final int TATWEEL = 0x640;

    /** No rule has a word that is one character, such as a whole formula of greeting. */
    private static final int MOST_CHARACTERS = 4;

    /** What is looked at on either side of a character. */
    static final int NEAR_BYTES = 6;

    private Spelling() {}

    /** Whether text stands on both sides; binary data is full of such characters. */
    static boolean isAmongText(byte[] text, int from, int to, int end) {
        int before = Math.max(0, from - NEAR_BYTES);
        while (before < from && before > 0 && (text[before] & 0xc0) == 0x80) {
            before++;
        }
        return isText(text, before, from) && isText(text, to, Math.min(end, to + NEAR_BYTES));
    }

    /** Whether all is characters, but for one that is cut. */
    private static boolean isText(byte[] text, int from, int to) {
        int at = from;
        while (at < to) {
            int length = Utf8.length(text, at, to);
            if (length == 0) {
                return Utf8.lengthBy(text[at] & 0xff) > to - at;
            }
            if (length == 1 && !WideLook.isAscii(text[at])) {
                return false;
            }
            at += length;
        }
        return true;
    }

    /** Whether rules write a character of the basic plane otherwise. */
    static boolean isOther(int codePoint) {
        return Character.toLowerCase(codePoint) != codePoint
                || isSpace(codePoint)
                || isDropped(codePoint)
                || isForm(codePoint);
    }

    /**
     * Puts what stands for a character of which {@link #isOther} is true.
     *
     * @param isBehindAscii whether it parts ASCII from what follows
     */
    static void put(int codePoint, boolean isBehindAscii, Escape out) {
        int small = Character.toLowerCase(codePoint);
        if (small != codePoint) {
            start(small < 0x80, out);
            out.addCharacter(small);
        } else if (isSpace(codePoint)) {
            start(true, out);
            out.add(' ');
        } else if (isDropped(codePoint)) {
            start(isBehindAscii, out);
        } else {
            start(false, out);
            normal(codePoint).codePoints().forEach(out::addCharacter);
        }
    }

    private static void start(boolean isAscii, Escape out) {
        if (isAscii) {
            out.start(Notation.UNICODE);
        } else {
            out.startSpelling();
        }
    }

    private static boolean isSpace(int codePoint) {
        return codePoint >= 0x80 && Character.getType(codePoint) == Character.SPACE_SEPARATOR;
    }

    private static boolean isDropped(int codePoint) {
        boolean isArabic = codePoint >= 0x610 && codePoint <= 0x6ed;
        boolean isHebrew = codePoint >= 0x591 && codePoint <= 0x5c7;
        boolean isMark = Character.getType(codePoint) == Character.NON_SPACING_MARK;
        // Those make a letter another one.
        boolean isPart = codePoint >= MADDA && codePoint <= HAMZA_BELOW;
        return codePoint == TATWEEL || (isMark && !isPart && (isArabic || isHebrew));
    }

    /** Hebrew and Arabic presentation forms, half-width kana, radicals, doubles of ideographs. */
    private static boolean isForm(int codePoint) {
        boolean isNear =
                (codePoint >= 0xf900 && codePoint <= 0xfdff)
                        || (codePoint >= 0xfe70 && codePoint <= 0xfefc)
                        || (codePoint >= 0xff65 && codePoint <= 0xffdc)
                        || (codePoint >= 0x2e80 && codePoint <= 0x2fd5);
        if (!isNear || !Character.isDefined(codePoint)) {
            return false;
        }
        String normal = normal(codePoint);
        return normal.length() <= MOST_CHARACTERS && normal.codePointAt(0) != codePoint;
    }

    private static String normal(int codePoint) {
        return Normalizer.normalize(Character.toString(codePoint), Normalizer.Form.NFKC);
    }
}
