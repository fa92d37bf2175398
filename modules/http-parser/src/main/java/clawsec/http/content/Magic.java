package clawsec.http.content;

import java.nio.ByteBuffer;

/**
 * Which coding the first bytes of content tell by themselves, whatever the field says. Brotli has
 * no such bytes, and two of zlib's are as often text: that one, and bare deflate, is tried by who
 * scans the text.
 */
enum Magic {
    NONE,

    /** Too few bytes to tell. */
    UNDECIDED,
    GZIP,
    ZSTD;

    /** The bytes that decide. */
    static final int BYTES = 4;

    /** RFC 1952 §2.3.1: the upper three flags are reserved. */
    private static final int GZIP_RESERVED = 0xe0;

    /** What {@code count} of the bytes tell. */
    static Magic of(byte[] bytes, int count) {
        if (isStart(bytes, count, 0x1f, 0x8b, 8)) {
            boolean isWhole = count >= BYTES;
            return !isWhole ? UNDECIDED : (bytes[3] & GZIP_RESERVED) == 0 ? GZIP : NONE;
        }
        boolean isSkippable =
                count > 0
                        && (bytes[0] & 0xf0) == 0x50
                        && isStart(bytes, count, bytes[0] & 0xff, 0x2a, 0x4d, 0x18);
        if (isSkippable || isStart(bytes, count, 0x28, 0xb5, 0x2f, 0xfd)) {
            return count < BYTES ? UNDECIDED : ZSTD;
        }
        return NONE;
    }

    Stage open(Budget budget) {
        return switch (this) {
            case GZIP -> new GzipStage(budget);
            case ZSTD -> new ZstdStage(budget);
            case NONE, UNDECIDED -> throw new IllegalStateException("no coding is known");
        };
    }

    /** Copies the next bytes behind {@code count} others, as far as they decide; how many. */
    static int gather(ByteBuffer in, byte[] bytes, int count) {
        int more = Math.min(BYTES - count, in.remaining());
        in.get(in.position(), bytes, count, more);
        return more;
    }

    private static boolean isStart(byte[] bytes, int count, int... magic) {
        for (int i = 0; i < Math.min(count, magic.length); i++) {
            if ((bytes[i] & 0xff) != magic[i]) {
                return false;
            }
        }
        return true;
    }
}
