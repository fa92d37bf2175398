package clawsec.proxy.origin;

import clawsec.http.Authority;

/**
 * Where requests go.
 *
 * @param authority the host and port that are connected to
 * @param tlsName the name its certificate must be for; the authority's host unless the client's SNI
 *     said otherwise
 */
public record Origin(boolean isSecure, Authority authority, String tlsName) {
    public static Origin clear(Authority authority) {
        return new Origin(false, authority, authority.host());
    }

    public static Origin secure(Authority authority, String tlsName) {
        return new Origin(true, authority, tlsName);
    }
}
