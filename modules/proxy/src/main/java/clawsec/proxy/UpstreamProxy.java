package clawsec.proxy;

import clawsec.http.Authority;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * Another HTTP proxy that origins are reached through.
 *
 * @param authority where it listens
 * @param credentials {@code user:password} for Basic authentication (RFC 7617)
 * @param exceptions the destinations that are reached directly
 */
public record UpstreamProxy(Authority authority, Optional<String> credentials, NoProxy exceptions) {
    /** The value of Proxy-Authorization, where credentials were given. */
    public Optional<String> authorization() {
        return credentials.map(pair ->
                "Basic "
                        + Base64.getEncoder()
                                .encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
    }

    /** Without the credentials, so that they reach no log. */
    @Override
    public String toString() {
        return "http://" + authority;
    }
}
