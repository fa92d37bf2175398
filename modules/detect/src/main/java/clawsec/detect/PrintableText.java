package clawsec.detect;

/**
 * Text for a line of a log, made of bytes: UTF-8 where it is valid, and nothing that a terminal or
 * an editor would obey instead of show.
 */
final class PrintableText {
    /** What stands for something hidden or left out. */
    static final String ELLIPSIS = "...";

    private static final char REPLACEMENT = '.';

    private PrintableText() {}

    /**
     * Appends bytes. White space of every kind becomes a space; control and format characters (zero
     * width, direction, tags), unassigned and private ones, and bytes that are no UTF-8 become a
     * dot.
     */
    static void append(StringBuilder out, byte[] bytes, int from, int to) {
        int index = from;
        while (index < to) {
            int length = sequenceLength(bytes, index, to);
            if (bytes[index] >= ' ' && bytes[index] <= '~') {
                out.append((char) bytes[index++]);
            } else if (length == 0) {
                out.append(REPLACEMENT);
                index++;
            } else {
                append(out, codePoint(bytes, index, length));
                index += length;
            }
        }
    }

    /** The bytes of the UTF-8 sequence at {@code index} (RFC 3629 §4); 0 when there is none. */
    static int sequenceLength(byte[] bytes, int index, int to) {
        int first = bytes[index] & 0xff;
        if (first < 0x80) {
            return 1;
        }
        int length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
        if (first < 0xc2 || first > 0xf4 || index + length > to) {
            return 0;
        }
        int second = bytes[index + 1] & 0xff;
        int low = first == 0xe0 ? 0xa0 : first == 0xf0 ? 0x90 : 0x80;
        int high = first == 0xed ? 0x9f : first == 0xf4 ? 0x8f : 0xbf;
        if (second < low || second > high) {
            return 0;
        }
        for (int i = 2; i < length; i++) {
            if (!isContinuation(bytes[index + i])) {
                return 0;
            }
        }
        return length;
    }

    static boolean isContinuation(byte value) {
        return (value & 0xc0) == 0x80;
    }

    private static int codePoint(byte[] bytes, int index, int length) {
        if (length == 1) {
            return bytes[index];
        }
        int value = bytes[index] & (0xff >>> (length + 1));
        for (int i = 1; i < length; i++) {
            value = (value << 6) | (bytes[index + i] & 0x3f);
        }
        return value;
    }

    private static void append(StringBuilder out, int codePoint) {
        switch (Character.getType(codePoint)) {
            case Character.SPACE_SEPARATOR,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR ->
                    out.append(' ');
            case Character.CONTROL ->
                    out.append(codePoint >= '\t' && codePoint <= '\r' ? ' ' : REPLACEMENT);
            case Character.FORMAT,
                    Character.PRIVATE_USE,
                    Character.SURROGATE,
                    Character.UNASSIGNED ->
                    out.append(REPLACEMENT);
            default -> out.appendCodePoint(codePoint);
        }
    }
}
