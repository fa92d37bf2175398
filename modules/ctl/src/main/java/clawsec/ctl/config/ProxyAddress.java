package clawsec.ctl.config;

import clawsec.http.Authority;
import java.net.InetAddress;
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
    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

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

    /**
     * True when a connection to this address surely arrives at such a listener. Names are not
     * resolved; {@code localhost} is the loopback address.
     */
    boolean leadsTo(String listenHost, int listenPort) {
        if (authority.port() != listenPort) {
            return false;
        }
        if (authority.host().equalsIgnoreCase(listenHost)) {
            return true;
        }
        Optional<InetAddress> listener = address(listenHost);
        Optional<InetAddress> target = address(authority.host());
        return listener.isPresent() && target.isPresent() && isSame(listener.get(), target.get());
    }

    /** A listener on every address has the loopback ones; 0.0.0.0 is reached as 127.0.0.1. */
    private static boolean isSame(InetAddress listener, InetAddress target) {
        boolean isHere = target.isLoopbackAddress() || target.isAnyLocalAddress();
        return listener.equals(target)
                || (listener.isAnyLocalAddress() && isHere)
                || (target.isAnyLocalAddress() && listener.equals(LOOPBACK));
    }

    private static Optional<InetAddress> address(String host) {
        if (host.equalsIgnoreCase("localhost")) {
            return Optional.of(LOOPBACK);
        }
        try {
            return Optional.of(InetAddress.ofLiteral(host));
        } catch (IllegalArgumentException isName) {
            return Optional.empty();
        }
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
