package clawsec.http.zstd;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The literals of one block (RFC 8878 §3.1.1.3.1): where they stand once the section was read.
 * Keeps the Huffman code for blocks that use the one before.
 */
final class Literals {
    private static final int RAW = 0;
    private static final int RLE = 1;
    private static final int TREELESS = 3;
    private static final int JUMP_TABLE_BYTES = 6;

    private final HuffmanTable.Reader reader = new HuffmanTable.Reader();
    private final ReverseBits in = new ReverseBits();
    private @Nullable HuffmanTable code;
    private byte[] decoded = {};
    private byte[] data = {};
    private int from;
    private int size;

    byte[] data() {
        return data;
    }

    int from() {
        return from;
    }

    int size() {
        return size;
    }

    /** Where the section ended, or -1 when it is malformed or gives more bytes than it may. */
    int read(byte[] source, int start, int to, int mostBytes) {
        int type = source[start] & 3;
        int format = source[start] >> 2 & 3;
        return type == RAW || type == RLE
                ? readPlain(source, start, to, mostBytes, type == RLE, format)
                : readCoded(source, start, to, mostBytes, type == TREELESS, format);
    }

    private int readPlain(
            byte[] source, int start, int to, int mostBytes, boolean isRle, int format) {
        int headBytes = format == 1 ? 2 : format == 3 ? 3 : 1;
        if (start + headBytes > to) {
            return -1;
        }
        size = (int) (littleEndian(source, start, headBytes) >>> (headBytes == 1 ? 3 : 4));
        int after = start + headBytes;
        int end = after + (isRle ? 1 : size);
        if (size > mostBytes || end > to) {
            return -1;
        }
        data = source;
        from = after;
        if (isRle) {
            reserve();
            Arrays.fill(decoded, 0, size, source[after]);
        }
        return end;
    }

    private int readCoded(
            byte[] source, int start, int to, int mostBytes, boolean isTreeless, int format) {
        int headBytes = format < 2 ? 3 : format + 2;
        int sizeBits = format < 2 ? 10 : format == 2 ? 14 : 18;
        if (start + headBytes > to) {
            return -1;
        }
        long head = littleEndian(source, start, headBytes) >>> 4;
        int mask = (1 << sizeBits) - 1;
        size = (int) head & mask;
        int at = start + headBytes;
        int end = at + ((int) (head >>> sizeBits) & mask);
        if (size > mostBytes || end > to) {
            return -1;
        }
        if (!isTreeless) {
            at = reader.read(source, at, end);
            code = reader.table();
        }
        HuffmanTable table = code;
        if (at < 0 || table == null) {
            return -1;
        }
        reserve();
        boolean isRead =
                format == 0
                        ? decode(table, source, at, end, 0, size)
                        : decodeFour(table, source, at, end);
        return isRead ? end : -1;
    }

    /** Four streams of the same number of symbols, but for the last, after a table of sizes. */
    private boolean decodeFour(HuffmanTable table, byte[] source, int start, int end) {
        int at = start + JUMP_TABLE_BYTES;
        int each = (size + 3) / 4;
        if (at > end || 3 * each > size) {
            return false;
        }
        for (int i = 0; i < 3; i++) {
            int next = at + (int) littleEndian(source, start + 2 * i, 2);
            if (next > end || !decode(table, source, at, next, i * each, (i + 1) * each)) {
                return false;
            }
            at = next;
        }
        return decode(table, source, at, end, 3 * each, size);
    }

    private boolean decode(
            HuffmanTable table, byte[] source, int start, int end, int first, int last) {
        boolean isOpen = in.open(source, start, end);
        if (isOpen) {
            table.decode(in, decoded, first, last);
        }
        return isOpen;
    }

    private void reserve() {
        if (decoded.length < size) {
            decoded = new byte[size];
        }
        data = decoded;
        from = 0;
    }

    static long littleEndian(byte[] source, int from, int count) {
        long value = 0;
        for (int i = count - 1; i >= 0; i--) {
            value = value << 8 | source[from + i] & 0xff;
        }
        return value;
    }
}
