package clawsec.http.content;

import clawsec.http.zstd.XxHash64;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Zstandard frames put together by hand, of blocks that are not compressed (RFC 8878 §3.1.1). */
final class ZstdFrames {
    static final int CHECKSUM = 4;
    static final int SINGLE_SEGMENT = 0x20;

    /** The window descriptors of 128 KiB, 8 MiB and 9 MiB. */
    static final int WINDOW_128K = 7 << 3;

    static final int WINDOW_8M = 13 << 3;
    static final int WINDOW_9M = 13 << 3 | 1;

    private ZstdFrames() {}

    /**
     * A frame.
     *
     * @param header what follows the magic number
     * @param parts blocks, and the checksum if the header promises one
     */
    static byte[] frame(byte[] header, byte[]... parts) {
        return Codings.join(
                new byte[] {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd}, header, Codings.join(parts));
    }

    static byte[] header(int... octets) {
        byte[] header = new byte[octets.length];
        for (int i = 0; i < octets.length; i++) {
            header[i] = (byte) octets[i];
        }
        return header;
    }

    static byte[] raw(byte[] content, boolean isLast) {
        return Codings.join(blockHeader(0, content.length, isLast), content);
    }

    static byte[] rle(int octet, int count, boolean isLast) {
        return Codings.join(blockHeader(1, count, isLast), new byte[] {(byte) octet});
    }

    static byte[] blockHeader(int type, int size, boolean isLast) {
        int header = size << 3 | type << 1 | (isLast ? 1 : 0);
        return new byte[] {(byte) header, (byte) (header >> 8), (byte) (header >> 16)};
    }

    static byte[] skippable(int nibble, byte[] content) {
        return Codings.join(
                ByteBuffer.allocate(8)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putInt(0x184d2a50 | nibble)
                        .putInt(content.length)
                        .array(),
                content);
    }

    static byte[] checksum(byte[] content) {
        XxHash64 hash = new XxHash64();
        hash.update(ByteBuffer.wrap(content));
        return ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt((int) hash.value())
                .array();
    }

    /** One frame of one block, whose header gives its size. */
    static byte[] plain(byte[] content) {
        return frame(
                header(SINGLE_SEGMENT | CHECKSUM, content.length),
                raw(content, true),
                checksum(content));
    }
}
