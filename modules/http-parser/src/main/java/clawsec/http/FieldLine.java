package clawsec.http;

import java.util.Locale;

/**
 * One field line as received (RFC 9110 §5.2): the name in the peer's spelling, the value without
 * surrounding white space. Characters stand for bytes (ISO 8859-1), so that what was read is what
 * is written.
 */
public record FieldLine(String name, String value) {
    /**
     * True when this line carries the field {@code other}; field names are compared without case.
     */
    public boolean isNamed(String other) {
        return name.length() == other.length() && name.equalsIgnoreCase(other);
    }

    /** The name in lower case, as HTTP/2 writes it. */
    public String lowerName() {
        return name.toLowerCase(Locale.ROOT);
    }
}
