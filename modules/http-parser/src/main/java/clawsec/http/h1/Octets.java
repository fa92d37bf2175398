package clawsec.http.h1;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * What single bytes mean in HTTP/1.1, and the two searches that every line goes through. The
 * searches look at eight bytes at a time: a byte below {@code n} borrows into its top bit when
 * {@code n} is subtracted from it, and the lowest such bit is never a false one.
 */
final class Octets {
    private static final VarHandle WORD =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long TOPS = 0x8080_8080_8080_8080L;
    private static final long SPACES = ONES * ' ';
    private static final long DELETES = ONES * 0x7f;
    private static final long LINE_FEEDS = ONES * '\n';
    private static final boolean[] TOKEN = new boolean[256];

    static {
        for (int c = '!'; c < 0x7f; c++) {
            TOKEN[c] = "\"(),/:;<=>?@[\\]{}".indexOf(c) < 0;
        }
    }

    private Octets() {}

    /** True for {@code tchar} (RFC 9110 §5.6.2). */
    static boolean isToken(byte b) {
        return TOKEN[b & 0xff];
    }

    /** True for SP and HTAB (RFC 9110 §5.6.3). */
    static boolean isBlank(byte b) {
        return b == ' ' || b == '\t';
    }

    /** The place of the first control character, HTAB and DEL among them; {@code to} when none. */
    static int indexOfControl(byte[] bytes, int from, int to) {
        int i = from;
        for (; i + Long.BYTES <= to; i += Long.BYTES) {
            long word = (long) WORD.get(bytes, i);
            long deletes = word ^ DELETES;
            long found = (((word - SPACES) & ~word) | ((deletes - ONES) & ~deletes)) & TOPS;
            if (found != 0) {
                return i + (Long.numberOfTrailingZeros(found) >>> 3);
            }
        }
        while (i < to && bytes[i] != 0x7f && (bytes[i] < 0 || bytes[i] >= ' ')) {
            i++;
        }
        return i;
    }

    /** The place of the first LF; {@code to} when there is none. */
    static int indexOfLineFeed(byte[] bytes, int from, int to) {
        int i = from;
        for (; i + Long.BYTES <= to; i += Long.BYTES) {
            long word = (long) WORD.get(bytes, i) ^ LINE_FEEDS;
            long found = (word - ONES) & ~word & TOPS;
            if (found != 0) {
                return i + (Long.numberOfTrailingZeros(found) >>> 3);
            }
        }
        while (i < to && bytes[i] != '\n') {
            i++;
        }
        return i;
    }
}
