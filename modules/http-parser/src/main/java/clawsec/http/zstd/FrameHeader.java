package clawsec.http.zstd;

/**
 * The header of a frame, after its magic number (RFC 8878 §3.1.1.1).
 *
 * @param windowBytes how far back the frame may refer, as claimed; unsigned
 * @param contentBytes its decoded size; negative when it is not given, or beyond all measure
 * @param dictionary the dictionary that is needed; 0 for none, or one that is not named
 */
public record FrameHeader(
        long windowBytes, long contentBytes, long dictionary, boolean hasChecksum) {
    /** The longest header: descriptor, window, dictionary and content size. */
    public static final int MOST_BYTES = 14;

    private static final int SINGLE_SEGMENT = 0x20;
    private static final int RESERVED = 8;
    private static final int CHECKSUM = 4;

    /** How long the header is that begins with this byte. */
    public static int length(byte descriptor) {
        return 1 + windowLength(descriptor) + dictionaryLength(descriptor) + sizeLength(descriptor);
    }

    /** Whether the descriptor has the bit set that a decoder must refuse. */
    public static boolean isReserved(byte descriptor) {
        return (descriptor & RESERVED) != 0;
    }

    /** Reads a header that is there from its first byte to its last. */
    public static FrameHeader parse(byte[] header) {
        byte descriptor = header[0];
        int at = 1 + windowLength(descriptor);
        int dictionaryLength = dictionaryLength(descriptor);
        long dictionary = Literals.littleEndian(header, at, dictionaryLength);
        at += dictionaryLength;
        int sizeLength = sizeLength(descriptor);
        long size = Literals.littleEndian(header, at, sizeLength) + (sizeLength == 2 ? 256 : 0);
        long window = size;
        if (windowLength(descriptor) == 1) {
            long base = 1L << (10 + (header[1] >> 3 & 31));
            window = base + (base >> 3) * (header[1] & 7);
        }
        return new FrameHeader(
                window, sizeLength == 0 ? -1 : size, dictionary, (descriptor & CHECKSUM) != 0);
    }

    private static int windowLength(byte descriptor) {
        return (descriptor & SINGLE_SEGMENT) == 0 ? 1 : 0;
    }

    private static int dictionaryLength(byte descriptor) {
        int flag = descriptor & 3;
        return flag == 3 ? 4 : flag;
    }

    private static int sizeLength(byte descriptor) {
        int flag = descriptor >> 6 & 3;
        return flag == 0 ? 1 - windowLength(descriptor) : 1 << flag;
    }
}
