package clawsec.http.content;

/**
 * Bounds against decompression bombs.
 *
 * @param decodedBytes the most decoded bytes of one message; what comes after is not decoded
 * @param ratio the most decoded bytes an encoded byte may give, judged once {@code ratioFreeBytes}
 *     are decoded
 * @param ratioFreeBytes decoded bytes that are never judged by ratio
 * @param codings the most codings stacked on one message
 */
public record ContentLimits(long decodedBytes, int ratio, long ratioFreeBytes, int codings) {
    public static final ContentLimits DEFAULT = new ContentLimits(1L << 30, 200, 1L << 20, 4);

    public ContentLimits {
        if (decodedBytes < 1 || ratio < 1 || ratioFreeBytes < 0 || codings < 0) {
            throw new IllegalArgumentException("limits too small to decode anything");
        }
    }
}
