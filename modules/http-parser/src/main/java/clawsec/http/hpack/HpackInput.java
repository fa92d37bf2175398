package clawsec.http.hpack;

import java.nio.charset.StandardCharsets;

/**
 * Reads the integers and strings of a header block (RFC 7541 §5). Once something was wrong, {@link
 * #problem} says what, and nothing that is read means anything. Confined to one block.
 */
final class HpackInput {
    /** RFC 7541 §5.1: larger numbers have no use here, and more octets say nothing. */
    private static final int MAX_INTEGER = 1 << 28;

    private static final int MAX_SHIFT = 28;

    private final byte[] block;
    private final int from;
    private final int to;
    private int at;
    private String problem = "";

    HpackInput(byte[] block, int from, int to) {
        this.block = block;
        this.from = from;
        this.to = to;
        this.at = from;
    }

    boolean hasRemaining() {
        return at < to && problem.isEmpty();
    }

    /** The next byte, which is not read. */
    int peek() {
        return block[at] & 0xff;
    }

    /** What was wrong; empty for nothing. */
    String problem() {
        return problem;
    }

    /** An integer of which the first part is the lowest bits of the next byte. */
    int integer(int prefixBits) {
        int most = (1 << prefixBits) - 1;
        int value = next() & most;
        if (value < most) {
            return value;
        }
        for (int shift = 0; shift <= MAX_SHIFT; shift += 7) {
            int octet = next();
            long sum = value + ((octet & 0x7fL) << shift);
            if (sum > MAX_INTEGER) {
                break;
            }
            value = (int) sum;
            if ((octet & 0x80) == 0) {
                return value;
            }
        }
        return (int) wrong("integer exceeds " + MAX_INTEGER);
    }

    /** A string (RFC 7541 §5.2), a character for each byte. */
    String string() {
        boolean isHuffman = at < to && (block[at] & Representation.HUFFMAN) != 0;
        int length = integer(Representation.STRING_BITS);
        if (length > to - at) {
            wrong("string of " + length + " bytes exceeds the block");
        }
        if (!problem.isEmpty()) {
            return "";
        }
        int start = at;
        at += length;
        if (!isHuffman) {
            return new String(block, start, length, StandardCharsets.ISO_8859_1);
        }
        byte[] out = new byte[(int) (length * 8L / 5)];
        int count = HuffmanDecoder.decode(block, start, at, out);
        if (count < 0) {
            wrong("broken Huffman code");
            return "";
        }
        return new String(out, 0, count, StandardCharsets.ISO_8859_1);
    }

    /** Takes note of what is wrong, with the place. */
    long wrong(String what) {
        if (problem.isEmpty()) {
            problem = what + " at byte " + (at - from) + " of the block";
        }
        return 0;
    }

    private int next() {
        if (at >= to) {
            return (int) wrong("the block ends in the midst of an entry,");
        }
        return block[at++] & 0xff;
    }
}
