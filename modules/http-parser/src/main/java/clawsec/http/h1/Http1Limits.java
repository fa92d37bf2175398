package clawsec.http.h1;

/**
 * Bounds on what a peer can make a decoder hold.
 *
 * @param headBytes start line and field lines together, terminators included; also the bound of a
 *     trailer section
 * @param startLineBytes a request line or status line without its terminator
 * @param fieldLines field lines in one section
 * @param chunkLineBytes a chunk-size line with its extensions
 */
public record Http1Limits(int headBytes, int startLineBytes, int fieldLines, int chunkLineBytes) {
    public static final Http1Limits DEFAULT = new Http1Limits(65_536, 32_768, 256, 4_096);

    /** Heads of more than the default may have one more field line for each of these. */
    private static final int HEAD_BYTES_PER_LINE = DEFAULT.headBytes / DEFAULT.fieldLines;

    public Http1Limits {
        if (headBytes < 64 || startLineBytes < 16 || fieldLines < 1 || chunkLineBytes < 16) {
            throw new IllegalArgumentException("limits too small to hold any message");
        }
    }

    /**
     * The defaults, with another bound on the head; the start line may fill at most half of it.
     * With a larger head the field lines may be more, and with a smaller one they are not fewer.
     */
    public static Http1Limits ofHeadBytes(int headBytes) {
        return new Http1Limits(
                headBytes,
                Math.max(16, headBytes / 2),
                Math.max(DEFAULT.fieldLines, headBytes / HEAD_BYTES_PER_LINE),
                DEFAULT.chunkLineBytes);
    }
}
