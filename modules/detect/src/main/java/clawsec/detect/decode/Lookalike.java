package clawsec.detect.decode;

import java.text.Normalizer;

/**
 * Characters that look like ASCII, or like nothing: full-width and mathematical letters and the
 * like (NFKC, Unicode Standard Annex 15), letters of other scripts that cannot be told from Latin
 * ones (Unicode Technical Standard 39), tags, zero-width and combining characters.
 *
 * <p>Other scripts are full of them, so a character that is at home there counts only beside ASCII.
 */
final class Lookalike {
    /** Characters looked at on either side for ASCII. */
    private static final int NEAR = 4;

    private static final char UNKNOWN = 0;
    private static final char PLAIN = 1;
    private static final char REMOVED = 2;

    private static final String LETTERS =
            "аaсcеeоoрpхxуyіiјjѕsһhԁdԛqԝwӏlкkАAВBСCЕEНHІIЈJКKМMОOРPЅSТTХXУYԌG"
                    + "οoαaνvρpιiκkυuχxΑAΒBΕEΖZΗHΙIΚKΜMΝNΟOΡPΤTΥYΧXıiɑaɡgɩiօoսuհhոnցg"
                    + "‐-‑-−-⁄/∕/";

    /** By character of the basic plane, what it stands for; filled as they are seen. */
    private static final char[] MEANINGS = new char[0x10000];

    static {
        for (int i = 0; i < LETTERS.length(); i += 2) {
            MEANINGS[LETTERS.charAt(i)] = LETTERS.charAt(i + 1);
        }
    }

    private Lookalike() {}

    static int read(byte[] text, int at, int to, boolean isEnd, Escape out) {
        int length = Utf8.lengthBy(text[at] & 0xff);
        if (length == 0) {
            return Escape.NONE;
        }
        if (at + length > to) {
            return Escape.UNDECIDED;
        }
        char meaning = meaning(text, at, to);
        if (meaning == PLAIN) {
            return Escape.NONE;
        }
        int codePoint = Utf8.codePoint(text, at, length);
        if (!isAlwaysMeant(codePoint, meaning) && !isBehindAscii(text, at)) {
            int near = isBeforeAscii(text, at + length, to);
            if (near < 0 && !isEnd) {
                return Escape.UNDECIDED;
            }
            if (near <= 0 || meaning == REMOVED) {
                return Escape.NONE;
            }
        }
        out.start(Notation.UNICODE);
        if (meaning != REMOVED) {
            out.add(meaning);
        }
        return length;
    }

    /** Letters that no script needs, and what is never seen. */
    private static boolean isAlwaysMeant(int codePoint, char meaning) {
        if (meaning == REMOVED) {
            return (codePoint >= 0x200b && codePoint <= 0x200f && codePoint != 0x200d)
                    || (codePoint >= 0x202a && codePoint <= 0x202e)
                    || (codePoint >= 0x2060 && codePoint <= 0x2064)
                    || codePoint >= 0xe0000
                    || codePoint == 0xfeff
                    || codePoint == 0xad;
        }
        return codePoint >= 0x1d400
                || (codePoint >= 0x24b6 && codePoint <= 0x24e9)
                || (codePoint >= 0xff01 && codePoint <= 0xff5e && isWord(meaning));
    }

    private static boolean isWord(char character) {
        return Alphabet.isLetterOrDigit((byte) character);
    }

    /** Whether ASCII stands before, with nothing but such characters between. */
    private static boolean isBehindAscii(byte[] text, int at) {
        int index = at;
        for (int i = 0; i <= NEAR && index > 0; i++) {
            byte before = text[index - 1];
            if (before >= 0) {
                return Alphabet.isMember(before) || before == '.' || before == '$';
            }
            int first = index - 1;
            while (first > 0 && index - first < 4 && (text[first] & 0xc0) == 0x80) {
                first--;
            }
            if (meaning(text, first, index) == PLAIN) {
                return false;
            }
            index = first;
        }
        return false;
    }

    /** 1 when ASCII follows with nothing but such characters between, 0 if not, -1 if not known. */
    private static int isBeforeAscii(byte[] text, int at, int to) {
        int index = at;
        for (int i = 0; i <= NEAR; i++) {
            if (index >= to) {
                return -1;
            }
            if (text[index] >= 0) {
                return Alphabet.isLetterOrDigit(text[index]) ? 1 : 0;
            }
            int length = Utf8.lengthBy(text[index] & 0xff);
            if (length == 0) {
                return 0;
            }
            if (index + length > to) {
                return -1;
            }
            if (meaning(text, index, to) == PLAIN) {
                return 0;
            }
            index += length;
        }
        return 0;
    }

    private static char meaning(byte[] text, int at, int to) {
        int length = Utf8.length(text, at, to);
        if (length < 2) {
            return PLAIN;
        }
        int codePoint = Utf8.codePoint(text, at, length);
        if (codePoint >= MEANINGS.length) {
            return meaningOf(codePoint);
        }
        char meaning = MEANINGS[codePoint];
        if (meaning == UNKNOWN) {
            meaning = meaningOf(codePoint);
            MEANINGS[codePoint] = meaning;
        }
        return meaning;
    }

    private static char meaningOf(int codePoint) {
        if (codePoint >= 0xe0020 && codePoint <= 0xe007e) {
            return (char) (codePoint - 0xe0000);
        }
        if (codePoint > Character.MAX_CODE_POINT) {
            return PLAIN;
        }
        int type = Character.getType(codePoint);
        boolean isMark =
                (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK)
                        && isForAnyScript(codePoint);
        if (isMark || (type == Character.FORMAT && codePoint != 0x6dd && codePoint != 0x70f)) {
            return REMOVED;
        }
        boolean isCompatible = codePoint > 0xff && codePoint < 0x1f200 && isLetterLike(codePoint);
        if (!isCompatible) {
            return PLAIN;
        }
        String normal = Normalizer.normalize(Character.toString(codePoint), Normalizer.Form.NFKC);
        boolean isAscii = normal.length() == 1 && normal.charAt(0) > ' ' && normal.charAt(0) < 0x7f;
        return isAscii ? normal.charAt(0) : PLAIN;
    }

    /** Where compatibility characters for single letters, digits and signs are. */
    private static boolean isLetterLike(int codePoint) {
        return (codePoint >= 0x2070 && codePoint <= 0x218f)
                || (codePoint >= 0x2460 && codePoint <= 0x24ff)
                || (codePoint >= 0xfe50 && codePoint <= 0xff5e)
                || (codePoint >= 0x1d400 && codePoint <= 0x1d7ff)
                || (codePoint >= 0x1f110 && codePoint <= 0x1f149)
                || codePoint == 0x17f
                || codePoint == 0x1d62
                || codePoint == 0x37e;
    }

    private static boolean isForAnyScript(int codePoint) {
        return (codePoint >= 0x300 && codePoint <= 0x36f)
                || (codePoint >= 0x1ab0 && codePoint <= 0x1aff)
                || (codePoint >= 0x1dc0 && codePoint <= 0x1dff)
                || (codePoint >= 0x20d0 && codePoint <= 0x20ff)
                || (codePoint >= 0xfe00 && codePoint <= 0xfe2f)
                || codePoint >= 0xe0100;
    }
}
