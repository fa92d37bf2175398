package clawsec.http.h1;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import clawsec.http.Authority;
import clawsec.http.HttpVersion;
import org.jspecify.annotations.Nullable;

/** Reads {@code method SP request-target SP HTTP-version} (RFC 9112 §3), strictly. */
final class RequestLine {
    private static final byte[] VERSION_1_1 = "HTTP/1.1".getBytes(ISO_8859_1);

    String method = "";
    String target = "";
    HttpVersion version = HttpVersion.HTTP_1_1;

    /**
     * Null when {@code bytes[from..to)} is a request line, whose parts then stand in the fields.
     */
    Http1Event.@Nullable Malformed read(byte[] bytes, int from, int to) {
        int methodEnd = methodEnd(bytes, from, to);
        if (methodEnd == from || methodEnd == to || bytes[methodEnd] != ' ') {
            return methodEnd < to || methodEnd == from
                    ? badMethod()
                    : fault(400, "RFC 9112 §3", "request line without target");
        }
        int targetFrom = methodEnd + 1;
        int targetEnd = targetFrom;
        // RFC 9112 §3.2: no white space; RFC 3986 §2: no other than visible US-ASCII characters
        while (targetEnd < to && bytes[targetEnd] > ' ') {
            targetEnd++;
        }
        if (targetEnd == targetFrom) {
            return fault(400, "RFC 9112 §3.2", "empty request target");
        }
        if (targetEnd < to && bytes[targetEnd] != ' ') {
            return fault(400, "RFC 9112 §3.2", "character beyond US-ASCII in the request target");
        }
        Http1Event.Malformed fault = readVersion(bytes, targetEnd, to);
        if (fault != null) {
            return fault;
        }
        method = method(bytes, from, methodEnd);
        target = new String(bytes, targetFrom, targetEnd - targetFrom, ISO_8859_1);
        String wrong = targetFault(method, target);
        return wrong == null ? null : fault(400, "RFC 9112 §3.2", wrong);
    }

    private static int methodEnd(byte[] bytes, int from, int to) {
        int i = from;
        while (i < to && Octets.isToken(bytes[i])) {
            i++;
        }
        return i;
    }

    /**
     * False when no request line begins with these bytes, however they go on, so that garbage, such
     * as a TLS record, is refused before its line ends.
     */
    static boolean canBegin(byte[] bytes, int from, int to) {
        int end = methodEnd(bytes, from, to);
        return end == to || bytes[end] == '\r' || (bytes[end] == ' ' && end > from);
    }

    static Http1Event.Malformed badMethod() {
        return fault(400, "RFC 9110 §9.1", "no request: it does not begin with a method");
    }

    private Http1Event.@Nullable Malformed readVersion(byte[] bytes, int space, int to) {
        // RFC 9112 §2.3; a line that ends after the target is HTTP/0.9
        if (space == to) {
            return fault(400, "RFC 9112 §2.3", "request line without HTTP version");
        }
        int from = space + 1;
        boolean isVersion = to - from == VERSION_1_1.length;
        for (int i = 0; isVersion && i < VERSION_1_1.length; i++) {
            byte b = bytes[from + i];
            isVersion = (i == 5 || i == 7) ? (b >= '0' && b <= '9') : (b == VERSION_1_1[i]);
        }
        if (!isVersion) {
            return fault(400, "RFC 9112 §3", "request line does not end with SP and HTTP version");
        }
        if (bytes[from + 5] != '1') {
            // RFC 9110 §15.6.6
            return fault(505, "RFC 9112 §2.3", "HTTP major version is not 1");
        }
        // RFC 9110 §2.5: a later minor version is processed as the highest known
        version = bytes[from + 7] == '0' ? HttpVersion.HTTP_1_0 : HttpVersion.HTTP_1_1;
        return null;
    }

    private static String method(byte[] bytes, int from, int to) {
        if (to - from == 3
                && bytes[from] == 'G'
                && bytes[from + 1] == 'E'
                && bytes[to - 1] == 'T') {
            return "GET";
        }
        return new String(bytes, from, to - from, ISO_8859_1);
    }

    private static @Nullable String targetFault(String method, String target) {
        // RFC 9112 §3.2.3: authority-form is for CONNECT alone, and CONNECT has no other
        if (method.equals("CONNECT")) {
            return Authority.parse(target, 0).isPresent()
                    ? null
                    : "CONNECT target is not host:port";
        }
        // RFC 9112 §3.2: no form has a fragment, which is the client's own affair (RFC 3986 §3.5)
        if (target.indexOf('#') >= 0) {
            return "fragment in the request target";
        }
        if (target.startsWith("/")) {
            return null;
        }
        // RFC 9112 §3.2.4
        if (target.equals("*")) {
            return method.equals("OPTIONS") ? null : "asterisk as target of another than OPTIONS";
        }
        // RFC 9112 §3.2.2; RFC 9110 §4.2.1: no empty host; §4.2.4: no user information
        int schemeEnd = target.indexOf("://");
        if (schemeEnd < 1 || !isScheme(target, schemeEnd)) {
            return "request target is neither a path nor an absolute URI";
        }
        int from = schemeEnd + 3;
        int to = from;
        while (to < target.length() && "/?".indexOf(target.charAt(to)) < 0) {
            to++;
        }
        return Authority.parse(target.substring(from, to), 80).isPresent()
                ? null
                : "request target without a valid host and port";
    }

    /** RFC 3986 §3.1 */
    private static boolean isScheme(String target, int end) {
        for (int i = 0; i < end; i++) {
            char c = target.charAt(i);
            boolean isLetter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            boolean isOther = (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.';
            if (!isLetter && (i == 0 || !isOther)) {
                return false;
            }
        }
        return true;
    }

    private static Http1Event.Malformed fault(int status, String rule, String detail) {
        return Role.REQUEST.malformed(status, rule, detail);
    }
}
