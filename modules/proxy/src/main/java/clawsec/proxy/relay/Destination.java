package clawsec.proxy.relay;

import clawsec.http.Authority;
import clawsec.http.RequestHead;
import clawsec.proxy.origin.Origin;
import java.util.Locale;
import java.util.Optional;

/**
 * Where one request goes.
 *
 * @param host what the Host field is to say (RFC 9112 §3.2)
 * @param path the request target in origin-form or asterisk-form
 * @param scheme as the threat record names it
 */
record Destination(Origin origin, String host, String path, String scheme) {
    /** The absolute URL, as the threat record shows it. */
    String url() {
        String shown = scheme.equals("gateway") ? "http" : scheme;
        return shown + "://" + host + (path.equals("*") ? "" : path);
    }

    /** The target towards another proxy. */
    String absoluteForm() {
        return "http://" + host + (path.equals("*") ? "" : path);
    }

    /**
     * Reads an absolute-form target (RFC 9112 §3.2.2).
     *
     * @return empty when the scheme is neither http nor https, or the authority is not host and
     *     port
     */
    static Optional<Destination> parseAbsolute(RequestHead head) {
        String target = head.target();
        int schemeEnd = target.indexOf("://");
        if (schemeEnd < 0) {
            return Optional.empty();
        }
        String scheme = target.substring(0, schemeEnd).toLowerCase(Locale.ROOT);
        if (!scheme.equals("https") && !scheme.equals("http")) {
            return Optional.empty();
        }
        int hostStart = schemeEnd + 3;
        int hostEnd = hostStart;
        while (hostEnd < target.length() && "/?".indexOf(target.charAt(hostEnd)) < 0) {
            hostEnd++;
        }
        String host = target.substring(hostStart, hostEnd);
        return of(scheme, host, pathOf(head.method(), target.substring(hostEnd)));
    }

    /**
     * Of a URL's parts.
     *
     * @param scheme http or https
     * @param host host and port
     * @return empty when they are not
     */
    static Optional<Destination> of(String scheme, String host, String path) {
        boolean isSecure = scheme.equals("https");
        return Authority.parse(host, isSecure ? 443 : 80)
                .map(authority ->
                        new Destination(
                                isSecure
                                        ? Origin.secure(authority, authority.host())
                                        : Origin.clear(authority),
                                host,
                                path,
                                scheme));
    }

    /** RFC 9112 §3.2.4: OPTIONS for a server as a whole is sent on as {@code *}. */
    private static String pathOf(String method, String rest) {
        if (rest.isEmpty()) {
            return method.equals("OPTIONS") ? "*" : "/";
        }
        return rest.startsWith("/") ? rest : "/" + rest;
    }

    /**
     * A request to a fixed origin; an absolute-form target gives host and path, but never another
     * origin.
     *
     * @return empty when the target is in a form that has no meaning there
     */
    static Optional<Destination> within(Entry.FixedOrigin entry, RequestHead head) {
        String target = head.target();
        if (target.startsWith("/") || target.equals("*")) {
            String host = head.fields().first("Host").orElse("");
            String named = host.isEmpty() ? entry.origin().authority().toString() : host;
            return Optional.of(new Destination(entry.origin(), named, target, entry.scheme()));
        }
        return parseAbsolute(head)
                .map(url ->
                        new Destination(entry.origin(), url.host(), url.path(), entry.scheme()));
    }
}
