package clawsec.http.hpack;

import clawsec.http.FieldLine;

/**
 * A field line as header compression sees it.
 *
 * @param isNeverIndexed whether it must never be put into a table, here and by whoever passes it on
 *     (RFC 7541 §6.2.3), since its value is worth guessing
 */
public record HpackLine(FieldLine line, boolean isNeverIndexed) {
    /** RFC 7541 §4.1: what an entry takes beside its name and value. */
    private static final int ENTRY_BYTES = 32;

    public static HpackLine of(String name, String value) {
        return new HpackLine(new FieldLine(name, value), false);
    }

    /** Its size in a table, and in a header list (RFC 7541 §4.1, RFC 9113 §6.5.2). */
    int sizeBytes() {
        return sizeBytes(line);
    }

    static int sizeBytes(FieldLine line) {
        return line.name().length() + line.value().length() + ENTRY_BYTES;
    }
}
