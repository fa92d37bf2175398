package clawsec.http;

import java.util.Locale;
import java.util.Optional;

/**
 * Host and port of an origin. {@code host} is lower case; an IPv6 literal stands without brackets.
 * {@code port} is 1 to 65535.
 */
public record Authority(String host, int port) {
    /** The longest host that {@link #parse} takes: that of DNS (RFC 1035 §2.3.4). */
    static final int HOST_CHARACTERS = 255;

    public Authority {
        if (host.isEmpty() || port < 1 || port > 65_535) {
            throw new IllegalArgumentException("authority " + host + ":" + port);
        }
        host = host.toLowerCase(Locale.ROOT);
    }

    /**
     * Reads {@code host}, {@code host:port} or {@code [v6]:port} (RFC 3986 §3.2).
     *
     * @param defaultPort the port when the text has none; 0 when a port is required (RFC 9110
     *     §9.3.6)
     * @return empty when the text is no authority: user information, a bad host, or a port that is
     *     missing or out of range
     */
    public static Optional<Authority> parse(String text, int defaultPort) {
        int hostEnd;
        String host;
        if (text.startsWith("[")) {
            hostEnd = text.indexOf(']') + 1;
            if (hostEnd < 4 || !Ipv6Literal.isValid(text.substring(1, hostEnd - 1))) {
                return Optional.empty();
            }
            host = text.substring(1, hostEnd - 1);
        } else {
            int colon = text.indexOf(':');
            hostEnd = colon < 0 ? text.length() : colon;
            if (hostEnd == 0 || hostEnd > HOST_CHARACTERS || !isRegName(text, hostEnd)) {
                return Optional.empty();
            }
            host = text.substring(0, hostEnd);
        }
        int port = parsePort(text, hostEnd, defaultPort);
        return port < 1 || port > 65_535
                ? Optional.empty()
                : Optional.of(new Authority(host, port));
    }

    /** {@code host:port}, an IPv6 literal in brackets. */
    @Override
    public String toString() {
        return host.indexOf(':') >= 0 ? "[" + host + "]:" + port : host + ":" + port;
    }

    private static int parsePort(String text, int hostEnd, int defaultPort) {
        if (hostEnd == text.length()) {
            return defaultPort;
        }
        int digits = text.length() - hostEnd - 1;
        if (text.charAt(hostEnd) != ':' || digits > 5) {
            return -1;
        }
        // RFC 3986 §3.2.3: a colon without digits is as good as none
        if (digits == 0) {
            return defaultPort;
        }
        int port = 0;
        for (int i = hostEnd + 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return -1;
            }
            port = port * 10 + (c - '0');
        }
        return port;
    }

    private static boolean isRegName(String text, int to) {
        for (int i = 0; i < to; i++) {
            char c = text.charAt(i);
            boolean letterOrDigit =
                    (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            if (!letterOrDigit && c != '-' && c != '.' && c != '_') {
                return false;
            }
        }
        return true;
    }
}
