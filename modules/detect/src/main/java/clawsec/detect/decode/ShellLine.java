package clawsec.detect.decode;

import java.util.Arrays;

/** What a reading has given so far, its last word, and the variables that were set by it. */
final class ShellLine {
    private static final int FIRST_BYTES = 256;

    /** What words end with. */
    private static final boolean[] ENDS = new boolean[256];

    static {
        for (char end : " \t\r\n;|&()<>".toCharArray()) {
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
        if (b == '=' && length > wordStart && (isName || isAppended())) {
            equals = length;
        }
        isName &= isNamePart(b) && (length > wordStart || b > '9' || b < '0');
        length++;
    }

    /** Whether the last word is a name and a plus. */
    private boolean isAppended() {
        int plus = length - 1;
        boolean isNamed = out[plus] == '+' && plus > wordStart;
        for (int i = wordStart; isNamed && i < plus; i++) {
            isNamed = isNamePart(out[i]);
        }
        return isNamed;
    }

    private void set(String value) {
        boolean isAdded = out[equals - 1] == '+';
        String name = ShellVariables.text(out, wordStart, isAdded ? equals - 1 : equals);
        variables.set(name, isAdded ? variables.value(name).orElse("") + value : value);
        equals = 0;
    }

    /** What the last word is so far, a character a byte. */
    String word() {
        return ShellVariables.text(out, wordStart, length);
    }

    /** The last byte that is no space; 0 for none. */
    byte lastSign() {
        int at = length - 1;
        while (at >= 0 && out[at] == ' ') {
            at--;
        }
        return at < 0 ? 0 : out[at];
    }

    /** Takes note of a value of several words, if one is expected here. */
    void assign(String value) {
        if (equals > 0 && length == equals + 1) {
            set(value);
        }
    }

    void endWord() {
        if (equals > 0 && length - equals <= ShellVariables.MAX_VALUE_BYTES + 1) {
            set(ShellVariables.text(out, equals + 1, length));
        }
        equals = 0;
        isName = true;
        wordStart = length;
    }

    static boolean isNamePart(byte b) {
        return ShellWords.isLetter(b) || b == '_' || (b >= '0' && b <= '9');
    }
}
