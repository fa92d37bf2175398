package clawsec.http.content.brotli;

import java.io.IOException;
import java.io.InputStream;

/**
 * The words of RFC 7932 appendix A and what appendix B makes of them. Read when a stream first
 * refers to one; immutable from then on.
 */
final class StaticDictionary {
    static final int SHORTEST = 4;
    static final int LONGEST = 24;
    static final int TRANSFORMS = 121;

    /** RFC 7932 §8: a transform adds at most 13 bytes. */
    static final int LONGEST_TRANSFORMED = LONGEST + 13;

    /** RFC 7932 appendix A: the binary logarithm of how many words have each length. */
    private static final byte[] WORD_BITS = {
        0, 0, 0, 0, 10, 10, 11, 11, 10, 10, 10, 10, 10, 9, 9, 8, 7, 7, 8, 7, 7, 6, 6, 5, 5
    };

    /** RFC 7932 appendix B: the numbers of the elementary transforms in the resource. */
    private static final int FERMENT_FIRST = 1;

    private static final int FERMENT_ALL = 2;
    private static final int OMIT_FIRST = 2;
    private static final int OMIT_LAST = 11;

    private final byte[] words;
    private final byte[] transforms;
    private final int[] wordStarts = new int[LONGEST + 2];
    private final int[] transformStarts = new int[TRANSFORMS];

    private StaticDictionary(byte[] words, byte[] transforms) {
        this.words = words;
        this.transforms = transforms;
        for (int length = SHORTEST; length <= LONGEST; length++) {
            wordStarts[length + 1] = wordStarts[length] + (length << WORD_BITS[length]);
        }
        int at = 0;
        for (int i = 0; i < TRANSFORMS; i++) {
            transformStarts[i] = at;
            at = end(end(at) + 2) + 1;
        }
        if (wordStarts[LONGEST + 1] != words.length || at != transforms.length) {
            throw new IllegalStateException("the dictionary in the module is not that of RFC 7932");
        }
    }

    static StaticDictionary shared() {
        return Shared.DICTIONARY;
    }

    static boolean hasLength(int length) {
        return length >= SHORTEST && length <= LONGEST;
    }

    /** RFC 7932 §8: a word's number says which word of its length it is, and its transform. */
    static int transformOf(int number, int length) {
        return number >>> WORD_BITS[length];
    }

    /**
     * Writes a word as its transform makes it.
     *
     * @param number with a transform below {@link #TRANSFORMS}
     * @param to room for {@link #LONGEST_TRANSFORMED} bytes
     * @return how many bytes; none is possible, where all of a word is left out
     */
    int write(int number, int length, byte[] to) {
        int index = number & ((1 << WORD_BITS[length]) - 1);
        int from = wordStarts[length] + index * length;
        int start = transformStarts[transformOf(number, length)];
        int prefix = end(start) - start;
        System.arraycopy(transforms, start, to, 0, prefix);
        int suffixAt = start + prefix + 2;
        int transform = transforms[suffixAt - 1];
        int kept = length;
        if (transform > OMIT_LAST) {
            kept = Math.max(0, length - (transform - OMIT_LAST));
        } else if (transform > OMIT_FIRST) {
            kept = Math.max(0, length - (transform - OMIT_FIRST));
            from += length - kept;
        }
        System.arraycopy(words, from, to, prefix, kept);
        int end = prefix + kept;
        if (transform == FERMENT_FIRST) {
            ferment(to, prefix, end);
        } else if (transform == FERMENT_ALL) {
            for (int at = prefix; at < end; ) {
                at += ferment(to, at, end);
            }
        }
        int suffix = end(suffixAt) - suffixAt;
        System.arraycopy(transforms, suffixAt, to, end, suffix);
        return end + suffix;
    }

    /** RFC 7932 §8: roughly, the UTF-8 character at that place in upper case; its length. */
    private static int ferment(byte[] word, int at, int end) {
        int first = word[at] & 0xff;
        if (first < 0xc0) {
            if (first >= 'a' && first <= 'z') {
                word[at] ^= 32;
            }
            return 1;
        }
        if (first < 0xe0) {
            if (at + 1 < end) {
                word[at + 1] ^= 32;
            }
            return 2;
        }
        if (at + 2 < end) {
            word[at + 2] ^= 5;
        }
        return 3;
    }

    /** Where the string ends that begins there. */
    private int end(int from) {
        int at = from;
        while (transforms[at] != 0) {
            at++;
        }
        return at;
    }

    private static final class Shared {
        static final StaticDictionary DICTIONARY =
                new StaticDictionary(read("static-dictionary.bin"), read("transforms.bin"));

        private static byte[] read(String name) {
            try (InputStream in = StaticDictionary.class.getResourceAsStream(name)) {
                if (in == null) {
                    throw new IllegalStateException(name + " is not in the module");
                }
                return in.readAllBytes();
            } catch (IOException e) {
                throw new IllegalStateException(name + " in the module cannot be read", e);
            }
        }
    }
}
