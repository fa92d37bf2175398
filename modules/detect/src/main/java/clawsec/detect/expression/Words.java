package clawsec.detect.expression;

/**
 * What stands before a match that begins with a word boundary. Traffic quotes text inside text, so
 * an escape sequence counts as the character it stands for: a token is found after the two
 * characters backslash and n, after {@code %3D}, after backslash and {@code x3d} or {@code u003d}.
 */
final class Words {
    /** The most bytes before a place that are looked at. */
    static final int LOOK_BACK = 6;

    private Words() {}

    /**
     * Whether a word ends right before {@code index}; index 0 is the start of the text.
     *
     * @param word the bytes of words
     */
    static boolean endsBefore(byte[] text, int index, ByteSet word) {
        if (index == 0 || !word.contains(text[index - 1] & 0xff)) {
            return false;
        }
        return !endsInEscape(text, index, word);
    }

    private static boolean endsInEscape(byte[] text, int index, ByteSet word) {
        if (index < 2) {
            return false;
        }
        byte last = text[index - 1];
        if (text[index - 2] == '\\') {
            return last == 'n' || last == 'r' || last == 't';
        }
        if (index < 3
                || (text[index - 3] != '%' && text[index - 3] != 'x' && text[index - 3] != '0')) {
            return false;
        }
        int low = Character.digit(last, 16);
        int high = Character.digit(text[index - 2], 16);
        if (low < 0 || high < 0 || word.contains((high << 4) | low)) {
            return false;
        }
        if (text[index - 3] == '%') {
            return true;
        }
        boolean isShort = index >= 4 && text[index - 3] == 'x' && text[index - 4] == '\\';
        boolean isLong =
                index >= LOOK_BACK
                        && text[index - 3] == '0'
                        && text[index - 4] == '0'
                        && text[index - 5] == 'u'
                        && text[index - 6] == '\\';
        return isShort || isLong;
    }
}
