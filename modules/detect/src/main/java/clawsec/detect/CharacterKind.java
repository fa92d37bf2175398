package clawsec.detect;

import clawsec.detect.expression.ByteSet;

/**
 * Kinds of ASCII characters that a secret may have to contain: random keys hold digits beside
 * letters, where identifiers made of words hold none. A rule file names them in lower case.
 */
public enum CharacterKind {
    DIGIT(ByteSet.range('0', '9')),
    UPPER(ByteSet.range('A', 'Z')),
    LOWER(ByteSet.range('a', 'z')),
    LETTER(UPPER.set.or(LOWER.set));

    private final ByteSet set;

    CharacterKind(ByteSet set) {
        this.set = set;
    }

    /** Whether any character of a text is of this kind. */
    boolean isIn(byte[] text) {
        for (byte b : text) {
            if (set.contains(b & 0xff)) {
                return true;
            }
        }
        return false;
    }
}
