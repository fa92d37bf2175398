package clawsec.ctl.config;

import clawsec.http.Authority;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The value of {@code upstream_proxy}: {@code http://[user:password@]host:port}.
 *
 * @param credentials {@code user:password}, percent-decoded (RFC 3986 §2.1)
 */
public record ProxyAddress(Authority authority, Optional<String> credentials) {
    private static final String SCHEME = "http://";

    /** Reads the URL; empty when it is of any other form. */
    public static Optional<ProxyAddress> parse(String url) {
        if (!url.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return Optional.empty();
        }
        int end = url.endsWith("/") ? url.length() - 1 : url.length();
        String rest = url.substring(SCHEME.length(), Math.max(SCHEME.length(), end));
        int at = rest.lastIndexOf('@');
        Optional<Authority> authority = Authority.parse(rest.substring(at + 1), 0);
        if (at < 0) {
            return authority.map(a -> new ProxyAddress(a, Optional.empty()));
        }
        return authority.flatMap(a ->
                percentDecoded(rest.substring(0, at))
                        .filter(user -> user.indexOf(':') > 0)
                        .map(user -> new ProxyAddress(a, Optional.of(user))));
    }

    /** The address without its credentials. */
    @Override
    public String toString() {
        return SCHEME + authority;
    }

    private static Optional<String> percentDecoded(String text) {
        try {
            String plusKept = text.replace("+", "%2B");
            return Optional.of(URLDecoder.decode(plusKept, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
