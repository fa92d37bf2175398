package clawsec.http.hpack;

/**
 * Bounds on what a peer can make a decoder hold.
 *
 * @param tableBytes the dynamic table (SETTINGS_HEADER_TABLE_SIZE)
 * @param listBytes the field lines of one block, as RFC 9113 §6.5.2 counts them
 *     (SETTINGS_MAX_HEADER_LIST_SIZE)
 * @param lines the field lines of one block
 */
public record HpackLimits(int tableBytes, int listBytes, int lines) {
    public static final HpackLimits DEFAULT = new HpackLimits(4_096, 65_536, 256);

    public HpackLimits {
        if (tableBytes < 0 || listBytes < 64 || lines < 1) {
            throw new IllegalArgumentException("limits too small to hold any header list");
        }
    }
}
