package clawsec.detect.decode;

/**
 * Looks at one byte at a time. A number holds what the latest four bytes still allow, sixteen kinds
 * of signs for each position: each byte moves it on by one position.
 */
final class NarrowSigns implements SignSearch {
    private static final int LAST = (SignTables.POSITIONS - 1) * SignTables.KINDS;

    private final long[] allowed = new long[256];
    private final byte[] classes = new byte[256];

    NarrowSigns() {
        for (int value = 0; value < 256; value++) {
            allowed[value] = SignTables.allowed(value);
            classes[value] = SignTables.classes(value);
        }
    }

    @Override
    public void mark(byte[] text, int from, int blocks, long[] words, int index) {
        for (int block = 0; block < blocks; block++) {
            int at = from + block * BLOCK_BYTES;
            int word = index + block * WORDS;
            words[word + ESCAPES] = 0;
            markClasses(text, at, words, word);
            markSigns(text, at, words, word);
        }
    }

    private void markClasses(byte[] text, int from, long[] words, int word) {
        long members = 0;
        long others = 0;
        long binary = 0;
        for (int i = 0; i < BLOCK_BYTES; i++) {
            int kind = classes[text[from + i] & 0xff];
            members |= (long) (kind & SignTables.MEMBER) << i;
            if ((kind & ~SignTables.MEMBER) != 0) {
                others |= (kind & SignTables.FOREIGN) != 0 ? 1L << i : 0;
                binary |= (kind & SignTables.BINARY) != 0 ? 1L << i : 0;
            }
        }
        words[word + MEMBERS] = members;
        words[word + ESCAPES] = others;
        words[word + BINARY] = binary;
    }

    private void markSigns(byte[] text, int from, long[] words, int word) {
        long state = 0;
        for (int i = 0; i < AHEAD_BYTES; i++) {
            state = next(state, text[from + i]);
        }
        long escapes = 0;
        long shell = 0;
        long pairs = 0;
        long dumps = 0;
        for (int i = 0; i < BLOCK_BYTES; i++) {
            state = next(state, text[from + AHEAD_BYTES + i]);
            int signs = (int) (state >>> LAST);
            if (signs != 0) {
                escapes |= (signs & SignTables.ESCAPE) != 0 ? 1L << i : 0;
                shell |= (signs & SignTables.SHELL) != 0 ? 1L << i : 0;
                pairs |= (signs & SignTables.PAIR) != 0 ? 1L << i : 0;
                dumps |= (signs & SignTables.DUMP) != 0 ? 1L << i : 0;
            }
        }
        words[word + ESCAPES] |= escapes;
        words[word + SHELL] = shell;
        words[word + PAIRS] = pairs;
        words[word + DUMPS] = dumps;
    }

    private long next(long state, byte value) {
        return ((state << SignTables.KINDS) | 0xffff) & allowed[value & 0xff];
    }
}
