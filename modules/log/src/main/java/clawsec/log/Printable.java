package clawsec.log;

/**
 * Makes text from a peer safe to show on a terminal and to keep on one line: what is invisible or
 * steers the reader (control and format characters, bidirectional marks, line separators, tag
 * characters) appears as {@code \}{@code uXXXX}, half a surrogate pair as U+FFFD.
 */
public final class Printable {
    private static final char REPLACEMENT = '\uFFFD';
    private static final char[] HEX = "0123456789abcdef".toCharArray();

    private Printable() {}

    /** The text with each such character escaped; line feed, return and tab by their letter. */
    public static String of(String text) {
        StringBuilder out = new StringBuilder(text.length() + 16);
        append(out, text, false);
        return out.toString();
    }

    /** Appends the inside of a JSON string that any reader takes. */
    static void appendJson(StringBuilder out, String text) {
        append(out, text, true);
    }

    private static void append(StringBuilder out, String text, boolean json) {
        for (int i = 0; i < text.length(); ) {
            char first = text.charAt(i);
            if (first >= ' ' && first < 0x7f) {
                if (json && (first == '"' || first == '\\')) {
                    out.append('\\');
                }
                out.append(first);
                i++;
                continue;
            }
            int codePoint = text.codePointAt(i);
            int length = Character.charCount(codePoint);
            switch (Character.getType(codePoint)) {
                case Character.SURROGATE -> out.append(REPLACEMENT);
                case Character.CONTROL,
                        Character.FORMAT,
                        Character.LINE_SEPARATOR,
                        Character.PARAGRAPH_SEPARATOR ->
                        text.substring(i, i + length).chars().forEach(unit -> escape(out, unit));
                default -> out.append(text, i, i + length);
            }
            i += length;
        }
    }

    private static void escape(StringBuilder out, int unit) {
        switch (unit) {
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            default -> {
                out.append("\\u");
                for (int shift = 12; shift >= 0; shift -= 4) {
                    out.append(HEX[(unit >> shift) & 0xf]);
                }
            }
        }
    }
}
