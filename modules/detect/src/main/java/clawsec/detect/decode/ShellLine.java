package clawsec.detect.decode;

import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;

/** What a reading has given so far, its last word, and the variables that were set by it. */
final class ShellLine {
    /** The most bytes of a word that are remembered. */
    private static final int MAX_WORD_BYTES = 2 * ShellVariables.MAX_VALUE_BYTES;

    private final ShellVariables variables;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final StringBuilder word = new StringBuilder();

    /** The variable whose value the last word is. */
    private @Nullable String assigned;

    ShellLine(ShellVariables variables) {
        this.variables = variables;
    }

    byte[] bytes() {
        return out.toByteArray();
    }

    int length() {
        return out.size();
    }

    /** Whether the next byte goes on with a word. */
    boolean isInWord() {
        return !word.isEmpty() && ShellWords.isWord((byte) word.charAt(word.length() - 1));
    }

    boolean isAtWordStart() {
        return word.isEmpty();
    }

    /** A character a byte. */
    void put(String text) {
        for (int i = 0; i < text.length(); i++) {
            put((byte) text.charAt(i));
        }
    }

    void put(byte b) {
        out.write(b);
        if (" \t\r\n;|&()".indexOf(b) >= 0) {
            endWord();
            return;
        }
        if (b == '='
                && assigned == null
                && word.length() < MAX_WORD_BYTES
                && isVariableName(word)) {
            assigned = word.toString();
        }
        if (word.length() < MAX_WORD_BYTES) {
            word.append((char) (b & 0xff));
        }
    }

    /** Takes note of a value of several words, if one is expected here. */
    void assign(String value) {
        if (assigned != null && word.length() == assigned.length() + 1) {
            variables.set(assigned, value);
            assigned = null;
        }
    }

    void endWord() {
        if (assigned != null) {
            variables.set(assigned, word.substring(assigned.length() + 1));
            assigned = null;
        }
        word.setLength(0);
    }

    private static boolean isVariableName(CharSequence text) {
        boolean isName = !text.isEmpty() && !isDigit(text.charAt(0));
        for (int i = 0; isName && i < text.length(); i++) {
            isName = isNamePart((byte) text.charAt(i));
        }
        return isName;
    }

    static boolean isNamePart(byte b) {
        return ShellWords.isLetter(b) || b == '_' || isDigit(b);
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }
}
