package clawsec.detect.decode;

/**
 * Escape sequences of {@code $'...'}, {@code printf} and {@code echo -e}. Text is a character a
 * byte.
 *
 * <p>Source: Bash Reference Manual 3.1.2.4.
 */
final class ShellEscapes {
    private static final String SIMPLE = "abefnrtv\\'\"?E";
    private static final String MEANINGS = "\u0007\b\u001b\f\n\r\t\u000b\\'\"?\u001b";

    private ShellEscapes() {}

    static String undone(String text) {
        if (text.indexOf('\\') < 0) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length());
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c != '\\' || at + 1 == text.length()) {
                out.append(c);
                at++;
            } else {
                at = escape(text, at + 1, out);
            }
        }
        return out.toString();
    }

    /** Reads what follows a backslash; returns where it ends. */
    private static int escape(String text, int at, StringBuilder out) {
        char c = text.charAt(at);
        int meaning = SIMPLE.indexOf(c);
        if (meaning >= 0) {
            out.append(MEANINGS.charAt(meaning));
            return at + 1;
        }
        if (c >= '0' && c <= '7') {
            return number(text, at, c == '0' ? 4 : 3, 8, out);
        }
        return switch (c) {
            case 'x' -> number(text, at + 1, 2, 16, out);
            case 'u' -> number(text, at + 1, 4, 16, out);
            case 'U' -> number(text, at + 1, 8, 16, out);
            default -> {
                out.append('\\').append(c);
                yield at + 1;
            }
        };
    }

    /** Characters outside ASCII become nothing that a command is made of. */
    private static int number(String text, int from, int most, int radix, StringBuilder out) {
        int value = 0;
        int at = from;
        while (at < text.length()
                && at < from + most
                && Character.digit(text.charAt(at), radix) >= 0) {
            value = value * radix + Character.digit(text.charAt(at), radix);
            at++;
        }
        if (at > from) {
            out.append((char) (value & 0xff));
        }
        return at;
    }
}
