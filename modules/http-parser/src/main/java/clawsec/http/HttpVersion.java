package clawsec.http;

/** A protocol version as it stands in a start line (RFC 9112 §2.3), or HTTP/2, which has none. */
public record HttpVersion(int major, int minor) {
    public static final HttpVersion HTTP_1_0 = new HttpVersion(1, 0);
    public static final HttpVersion HTTP_1_1 = new HttpVersion(1, 1);
    public static final HttpVersion HTTP_2 = new HttpVersion(2, 0);

    /**
     * True for HTTP/1.1 and later minor versions, where connections persist and chunked coding is
     * known.
     */
    public boolean isAtLeast11() {
        return major > 1 || (major == 1 && minor >= 1);
    }

    @Override
    public String toString() {
        return "HTTP/" + major + "." + minor;
    }
}
