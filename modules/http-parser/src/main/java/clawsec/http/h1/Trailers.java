package clawsec.http.h1;

import clawsec.http.FieldLine;
import java.util.Locale;
import java.util.Set;

/** Which fields may stand in a trailer section (RFC 9110 §6.5.1). */
final class Trailers {
    private static final Set<String> FORBIDDEN =
            Set.of(
                    // framing and connection
                    "connection",
                    "keep-alive",
                    "proxy-connection",
                    "te",
                    "trailer",
                    "transfer-encoding",
                    "upgrade",
                    // routing, request modifiers, authentication
                    "authorization",
                    "cache-control",
                    "cookie",
                    "expect",
                    "forwarded",
                    "host",
                    "if-match",
                    "if-modified-since",
                    "if-none-match",
                    "if-range",
                    "if-unmodified-since",
                    "max-forwards",
                    "pragma",
                    "proxy-authenticate",
                    "proxy-authorization",
                    "range",
                    "www-authenticate",
                    // response control
                    "age",
                    "alt-svc",
                    "date",
                    "expires",
                    "location",
                    "retry-after",
                    "set-cookie",
                    "vary",
                    "warning");

    private Trailers() {}

    /** False for fields that say where a message ends or goes, or how it is to be read. */
    static boolean isAllowed(FieldLine line) {
        // Gateways to CGI and the like read Content_Length as Content-Length.
        String name = line.name().toLowerCase(Locale.ROOT).replace('_', '-');
        return !FORBIDDEN.contains(name)
                && (!name.startsWith("content-") || name.equals("content-digest"));
    }
}
