package clawsec.detect.decode;

import java.util.Arrays;

/** What a reading has given so far, its last word, and the variables that were set by it. */
final class ShellLine {
    private static final int FIRST_BYTES = 256;

    /** What words end with. */
    private static final boolean[] ENDS = new boolean[256];

    static {
        for (char end : " \t\r\n;|&()".toCharArray()) {
            ENDS[end] = true;
        }
    }

    private final ShellVariables variables;
    private byte[] out = new byte[FIRST_BYTES];
    private int length;

    /** Where the last word begins. */
    private int wordStart;

    /** Whether the last word could be the name of a variable. */
    private boolean isName = true;

    /** Where the equals sign is behind which the last word is the value of a variable; 0 if not. */
    private int equals;

    ShellLine(ShellVariables variables) {
        this.variables = variables;
    }

    byte[] bytes() {
        return Arrays.copyOf(out, length);
    }

    int length() {
        return length;
    }

    /** Whether the next byte goes on with a word. */
    boolean isInWord() {
        return length > wordStart && ShellWords.isWord(out[length - 1]);
    }

    boolean isAtWordStart() {
        return length == wordStart;
    }

    /** A character a byte. */
    void put(String text) {
        for (int i = 0; i < text.length(); i++) {
            put((byte) text.charAt(i));
        }
    }

    void put(byte b) {
        if (length == out.length) {
            out = Arrays.copyOf(out, 2 * length);
        }
        out[length] = b;
        if (ENDS[b & 0xff]) {
            endWord();
            length++;
            wordStart = length;
            return;
        }
        if (b == '=' && isName && length > wordStart) {
            equals = length;
        }
        isName &= isNamePart(b) && (length > wordStart || b > '9' || b < '0');
        length++;
    }

    /** Takes note of a value of several words, if one is expected here. */
    void assign(String value) {
        if (equals > 0 && length == equals + 1) {
            variables.set(ShellVariables.text(out, wordStart, equals), value);
            equals = 0;
        }
    }

    void endWord() {
        if (equals > 0 && length - equals <= ShellVariables.MAX_VALUE_BYTES + 1) {
            variables.set(
                    ShellVariables.text(out, wordStart, equals),
                    ShellVariables.text(out, equals + 1, length));
        }
        equals = 0;
        isName = true;
        wordStart = length;
    }

    static boolean isNamePart(byte b) {
        return ShellWords.isLetter(b) || b == '_' || (b >= '0' && b <= '9');
    }
}
