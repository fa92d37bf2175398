package clawsec.http.hpack;

import clawsec.http.FieldLine;
import java.util.HashMap;
import java.util.Map;

/** The entries that every connection begins with (RFC 7541 appendix A), counted from 1. */
final class StaticTable {
    private static final String[] ENTRIES = {
        ":authority",
        ":method GET",
        ":method POST",
        ":path /",
        ":path /index.html",
        ":scheme http",
        ":scheme https",
        ":status 200",
        ":status 204",
        ":status 206",
        ":status 304",
        ":status 400",
        ":status 404",
        ":status 500",
        "accept-charset",
        "accept-encoding gzip, deflate",
        "accept-language",
        "accept-ranges",
        "accept",
        "access-control-allow-origin",
        "age",
        "allow",
        "authorization",
        "cache-control",
        "content-disposition",
        "content-encoding",
        "content-language",
        "content-length",
        "content-location",
        "content-range",
        "content-type",
        "cookie",
        "date",
        "etag",
        "expect",
        "expires",
        "from",
        "host",
        "if-match",
        "if-modified-since",
        "if-none-match",
        "if-range",
        "if-unmodified-since",
        "last-modified",
        "link",
        "location",
        "max-forwards",
        "proxy-authenticate",
        "proxy-authorization",
        "range",
        "referer",
        "refresh",
        "retry-after",
        "server",
        "set-cookie",
        "strict-transport-security",
        "transfer-encoding",
        "user-agent",
        "vary",
        "via",
        "www-authenticate"
    };

    static final int COUNT = ENTRIES.length;

    private static final FieldLine[] LINES = new FieldLine[COUNT];
    private static final Map<FieldLine, Integer> INDEXES = new HashMap<>();
    private static final Map<String, Integer> NAMES = new HashMap<>();

    static {
        for (int i = 0; i < COUNT; i++) {
            int space = ENTRIES[i].indexOf(' ');
            LINES[i] =
                    space < 0
                            ? new FieldLine(ENTRIES[i], "")
                            : new FieldLine(
                                    ENTRIES[i].substring(0, space),
                                    ENTRIES[i].substring(space + 1));
            INDEXES.put(LINES[i], i + 1);
            NAMES.putIfAbsent(LINES[i].name(), i + 1);
        }
    }

    private StaticTable() {}

    /** The entry at an index from 1 to {@link #COUNT}. */
    static FieldLine line(int index) {
        return LINES[index - 1];
    }

    /** The index of an entry; 0 for none. */
    static int indexOf(FieldLine line) {
        return INDEXES.getOrDefault(line, 0);
    }

    /** The index of the first entry of that name; 0 for none. */
    static int indexOfName(String name) {
        return NAMES.getOrDefault(name, 0);
    }
}
