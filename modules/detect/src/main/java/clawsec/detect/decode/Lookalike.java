package clawsec.detect.decode;

import java.text.Normalizer;

/**
 * Characters that look like ASCII, or like nothing: full-width and mathematical letters and the
 * like (NFKC, Unicode Standard Annex 15), letters of other scripts that cannot be told from Latin
 * ones (Unicode Technical Standard 39), tags, zero-width and combining characters. What rules write
 * otherwise is read as they write it, see {@link Spelling}.
 *
 * <p>Other scripts are full of them, so a character that is at home there counts only beside ASCII.
 */
final class Lookalike {
    /** Characters looked at on either side for ASCII. */
    private static final int NEAR = 4;

    /** What may follow a character. */
    private static final int UNDECIDED = -1;

    private static final int ASCII = 0;
    private static final int OWN_LETTER = 1;
    private static final int OTHER = 2;

    private static final char UNKNOWN = 0;
    private static final char PLAIN = 1;
    private static final char REMOVED = 2;

    /** Added to what a character stands for when rules write it otherwise. */
    private static final char RESPELLED = 0x80;

    /** Added when it is always meant: no script needs it, or it is never seen. */
    private static final char MEANT = 0x100;

    /** What a character stands for, of its kind. */
    private static final char MEANING = 0x7f;

    private static final String LETTERS =
            "аaсcеeоoрpхxуyіiјjѕsһhԁdԛqԝwӏlкkАAВBСCЕEНHІIЈJКKМMОOРPЅSТTХXУYԌG"
                    + "οoαaνvρpιiκkυuχxΑAΒBΕEΖZΗHΙIΚKΜMΝNΟOΡPΤTΥYΧXıiɑaɡgɩiօoսuհhոnցg"
                    + "‐-‑-−-⁄/∕/";

    /** By character of the basic plane, of which kind it is; filled as they are seen. */
    private static final char[] KINDS = new char[0x10000];

    static {
        for (int i = 0; i < LETTERS.length(); i += 2) {
            char letter = LETTERS.charAt(i);
            KINDS[letter] = (char) (LETTERS.charAt(i + 1) | respelled(letter));
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
        char kind = kind(text, at, to);
        if (kind == PLAIN) {
            return Escape.NONE;
        }
        char meaning = (char) (kind & MEANING);
        int codePoint = Utf8.codePoint(text, at, length);
        boolean isMeant = meaning != PLAIN;
        if (isMeant && kind < MEANT) {
            byte before = asciiBefore(text, at, meaning == REMOVED);
            if (!Alphabet.isLetterOrDigit(before)) {
                int near = near(text, at + length, to);
                if (near == UNDECIDED && !isEnd) {
                    return Escape.UNDECIDED;
                }
                isMeant = before != 0 ? near != OWN_LETTER : near == ASCII && meaning != REMOVED;
            }
        }
        if (!isMeant && (kind & RESPELLED) == 0) {
            return Escape.NONE;
        }
        if (!isMeant) {
            if (at + length + Spelling.NEAR_BYTES > to && !isEnd) {
                return Escape.UNDECIDED;
            }
            if (!Spelling.isAmongText(text, at, at + length, to)) {
                return Escape.NONE;
            }
            Spelling.put(codePoint, at > 0 && Alphabet.isMember(text[at - 1]), out);
            return length;
        }
        out.start(Notation.UNICODE);
        if (meaning != REMOVED) {
            out.add(meaning);
        }
        return length;
    }

    /** Letters and signs that no script needs, and what is never seen. */
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
                || (codePoint >= 0xfe10 && codePoint <= 0xfe6b)
                || (codePoint >= 0xff01 && codePoint <= 0xff5e && isWord(meaning));
    }

    private static boolean isWord(char character) {
        return Alphabet.isLetterOrDigit((byte) character);
    }

    /**
     * The ASCII that stands before, with nothing but such characters between; 0 for none.
     *
     * @param isAny whether a space and punctuation count, behind which a mark has no letter
     */
    private static byte asciiBefore(byte[] text, int at, boolean isAny) {
        int index = at;
        for (int i = 0; i <= NEAR && index > 0; i++) {
            byte before = text[index - 1];
            if (before >= 0) {
                boolean isNear = isAny ? before >= ' ' : before == '.' || before == '$';
                return isNear || Alphabet.isMember(before) ? before : 0;
            }
            int first = index - 1;
            while (first > 0 && index - first < 4 && (text[first] & 0xc0) == 0x80) {
                first--;
            }
            char kind = kind(text, first, index);
            if (isOwn(kind)) {
                return 0;
            }
            if (isAscii(kind)) {
                return (byte) (kind & MEANING);
            }
            index = first;
        }
        return 0;
    }

    /** What follows, with nothing but such characters between. */
    private static int near(byte[] text, int at, int to) {
        int index = at;
        for (int i = 0; i <= NEAR; i++) {
            if (index >= to) {
                return UNDECIDED;
            }
            if (text[index] >= 0) {
                boolean isHyphen = text[index] == '-' || text[index] == '_';
                if (isHyphen && index + 1 >= to) {
                    return UNDECIDED;
                }
                byte next = text[isHyphen ? index + 1 : index];
                return Alphabet.isLetterOrDigit(next) ? ASCII : OTHER;
            }
            int length = Utf8.lengthBy(text[index] & 0xff);
            if (length == 0) {
                return OTHER;
            }
            if (index + length > to) {
                return UNDECIDED;
            }
            char kind = kind(text, index, to);
            if (isAscii(kind)) {
                return isWord((char) (kind & MEANING)) ? ASCII : OTHER;
            }
            if (isOwn(kind)) {
                return Character.isLetter(Utf8.codePoint(text, index, length)) ? OWN_LETTER : OTHER;
            }
            index += length;
        }
        return OTHER;
    }

    /** Whether a character is always meant as one of ASCII. */
    private static boolean isAscii(char kind) {
        return kind >= MEANT && (kind & MEANING) != REMOVED;
    }

    /** Whether a character looks like no other. */
    private static boolean isOwn(char kind) {
        return (kind & MEANING) == PLAIN;
    }

    /** What a character stands for, and whether rules write it otherwise. */
    private static char kind(byte[] text, int at, int to) {
        int first = text[at] & 0xff;
        if (first >= 0xc2 && first < 0xe0 && at + 1 < to && text[at + 1] < (byte) 0xc0) {
            char kind = KINDS[(first & 0x1f) << 6 | text[at + 1] & 0x3f];
            if (kind != UNKNOWN) {
                return kind;
            }
        }
        int length = Utf8.length(text, at, to);
        if (length < 2) {
            return PLAIN;
        }
        int codePoint = Utf8.codePoint(text, at, length);
        if (codePoint >= KINDS.length) {
            return kindOf(codePoint);
        }
        char kind = KINDS[codePoint];
        if (kind == UNKNOWN) {
            kind = (char) (kindOf(codePoint) | respelled(codePoint));
            KINDS[codePoint] = kind;
        }
        return kind;
    }

    private static char kindOf(int codePoint) {
        char meaning = meaningOf(codePoint);
        boolean isMeant = meaning != PLAIN && isAlwaysMeant(codePoint, meaning);
        return (char) (isMeant ? meaning | MEANT : meaning);
    }

    private static int respelled(int codePoint) {
        return Spelling.isOther(codePoint) ? RESPELLED : 0;
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
                || (codePoint >= 0xfe10 && codePoint <= 0xff5e)
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
