package clawsec.http.h2;

/** The error codes of RFC 9113 §7, by number. */
public enum Http2Error {
    NO_ERROR,
    PROTOCOL_ERROR,
    INTERNAL_ERROR,
    FLOW_CONTROL_ERROR,
    SETTINGS_TIMEOUT,
    STREAM_CLOSED,
    FRAME_SIZE_ERROR,
    REFUSED_STREAM,
    CANCEL,
    COMPRESSION_ERROR,
    CONNECT_ERROR,
    ENHANCE_YOUR_CALM,
    INADEQUATE_SECURITY,
    HTTP_1_1_REQUIRED;

    /** The number on the wire; others may be there too, and mean no more than INTERNAL_ERROR. */
    public int code() {
        return ordinal();
    }

    /** Its name, or the number where it has none. */
    public static String nameOf(long code) {
        Http2Error[] all = values();
        return code >= 0 && code < all.length ? all[(int) code].name() : Long.toString(code);
    }
}
