package clawsec.proxy.origin;

import clawsec.http.Authority;
import clawsec.http.Violation;
import clawsec.http.h2.Http2Error;
import clawsec.proxy.net.DurationText;
import clawsec.tls.OriginTlsException;
import java.io.IOException;
import java.time.Duration;

/**
 * An origin could not be reached, trusted or understood. The message says in plain words what
 * failed, {@link #remedy} what can be done; both may be shown to the client.
 */
public final class OriginFailure extends IOException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String error;
    private final String remedy;

    private OriginFailure(int status, String error, String message, String remedy) {
        super(message);
        this.status = status;
        this.error = error;
        this.remedy = remedy;
    }

    /** 502, or 504 where time ran out. */
    public int status() {
        return status;
    }

    /** The Proxy-Status error type (RFC 9209 §2.3). */
    public String error() {
        return error;
    }

    public String remedy() {
        return remedy;
    }

    static OriginFailure noWebSocket(String host) {
        return new OriginFailure(
                502,
                "http_protocol_error",
                host + " speaks HTTP/2 alone, and takes no WebSocket there (RFC 8441).",
                "The server has to offer HTTP/1.1, or extended CONNECT.");
    }

    /** True when the origin wants a protocol that was not offered (RFC 7301 §3.2). */
    boolean isNoProtocol() {
        return getCause() instanceof OriginTlsException tls
                && tls.reason() == OriginTlsException.Cause.NO_PROTOCOL;
    }

    static OriginFailure unknownName(String host) {
        return new OriginFailure(
                502,
                "dns_error",
                "The name " + host + " could not be resolved to an address.",
                "Check the spelling of the name and this machine's DNS settings.");
    }

    static OriginFailure nameTimeout(String host, Duration limit) {
        return new OriginFailure(
                504,
                "dns_timeout",
                "The name " + host + " was not resolved within " + DurationText.of(limit) + ".",
                "Check this machine's DNS servers, or raise connect_timeout_secs.");
    }

    /** The name waited in vain for one of the lookups that may run at once. */
    static OriginFailure nameNotAsked(String host, Duration limit, int lookups) {
        return new OriginFailure(
                504,
                "dns_timeout",
                "The name "
                        + host
                        + " could not be looked up within "
                        + DurationText.of(limit)
                        + ": "
                        + lookups
                        + " lookups of other names still wait for this machine's DNS servers.",
                "Check this machine's DNS servers, which are slow or do not answer.");
    }

    static OriginFailure refused(Authority authority) {
        return new OriginFailure(
                502,
                "connection_refused",
                "Nothing accepts connections at " + authority + ": the connection was refused.",
                "Check that the server runs and that the port is right.");
    }

    static OriginFailure unreachable(Authority authority, String why) {
        return new OriginFailure(
                502,
                "destination_ip_unroutable",
                "There is no way to " + authority + ": " + why + ".",
                "Check this machine's network, and the address.");
    }

    static OriginFailure connectTimeout(Authority authority, Duration limit) {
        return new OriginFailure(
                504,
                "connection_timeout",
                authority + " did not accept a connection within " + DurationText.of(limit) + ".",
                "Check that the server is up and that no firewall drops the traffic, or raise"
                        + " connect_timeout_secs.");
    }

    /** The origin accepted the connection, and then did not answer in TLS. */
    static OriginFailure handshakeTimeout(Authority authority, Duration limit) {
        return new OriginFailure(
                504,
                "connection_timeout",
                authority
                        + " accepted the connection but did not complete the TLS handshake within "
                        + DurationText.of(limit)
                        + ".",
                "Check that the port speaks TLS and that the server is not overloaded, or raise"
                        + " connect_timeout_secs.");
    }

    /** The destination leads back to us. */
    public static OriginFailure loop(Authority authority) {
        return new OriginFailure(
                502,
                "proxy_loop_detected",
                authority + " is this monitor itself: the request would go round in a loop.",
                "Ask for another destination; the monitor's own page answers at its address without"
                        + " a proxy.");
    }

    static OriginFailure tls(OriginTlsException cause) {
        OriginFailure failure =
                new OriginFailure(502, cause.reason().proxyStatus(), words(cause), cause.remedy());
        failure.initCause(cause);
        return failure;
    }

    /** An upstream proxy does not let us through. */
    public static OriginFailure upstreamRefused(UpstreamAnswer answer) {
        return new OriginFailure(
                502,
                answer.status() == 407 ? "proxy_configuration_error" : "destination_unavailable",
                "The upstream proxy "
                        + answer.proxy()
                        + " answered "
                        + answer.status()
                        + " to a request for "
                        + answer.destination()
                        + ".",
                answer.status() == 407
                        ? "Check the user and password in upstream_proxy:"
                                + " http://user:password@host:port."
                        : "Ask the upstream proxy's operator, or list the host in NO_PROXY.");
    }

    /**
     * An upstream proxy could not be connected to.
     *
     * @param why what connecting to it failed with
     */
    static OriginFailure upstreamUnreachable(
            String proxy, Authority destination, OriginFailure why) {
        OriginFailure failure =
                new OriginFailure(
                        why.status,
                        why.error,
                        "The upstream proxy "
                                + proxy
                                + " (upstream_proxy) could not be reached on the way to "
                                + destination
                                + ". "
                                + why.getMessage(),
                        upstreamRemedy(why));
        failure.initCause(why);
        return failure;
    }

    private static String upstreamRemedy(OriginFailure why) {
        return switch (why.error) {
            case "proxy_loop_detected" ->
                    "Set upstream_proxy to the address of another proxy, or take it out.";
            case "dns_error" ->
                    "Check the spelling of the name in upstream_proxy and this machine's DNS"
                            + " settings.";
            case "dns_timeout" -> why.remedy;
            case "connection_timeout" ->
                    "Check that upstream_proxy is right, that the proxy is up and that no firewall"
                            + " drops the traffic, or raise connect_timeout_secs.";
            default ->
                    "Check that upstream_proxy is right and that the proxy runs; hosts that need no"
                            + " proxy can be listed in NO_PROXY.";
        };
    }

    static OriginFailure upstreamBroken(String proxy, String what) {
        return new OriginFailure(
                502,
                "http_protocol_error",
                "The upstream proxy " + proxy + " did not answer as an HTTP proxy: " + what + ".",
                "Check that upstream_proxy names an HTTP proxy.");
    }

    /** An upstream proxy accepted the connection, and then did not answer our CONNECT. */
    static OriginFailure upstreamTimeout(String proxy, Duration limit) {
        return new OriginFailure(
                504,
                "connection_timeout",
                "The upstream proxy "
                        + proxy
                        + " did not open a tunnel within "
                        + DurationText.of(limit)
                        + ".",
                "Check that upstream_proxy names an HTTP proxy that can reach the destination, or"
                        + " raise connect_timeout_secs.");
    }

    /** The connection ended before a response began. */
    public static OriginFailure closedEarly(Authority authority) {
        return new OriginFailure(
                502,
                "connection_terminated",
                authority + " closed the connection before it answered.",
                "Try again; if it goes on, the server fails on this request.");
    }

    /** The origin gave the stream up before a response began, with a code of RFC 9113 §7. */
    public static OriginFailure resetEarly(Authority authority, long code) {
        return new OriginFailure(
                502,
                "connection_terminated",
                authority
                        + " gave the request up before it answered, with the HTTP/2 error "
                        + Http2Error.nameOf(code)
                        + ".",
                "Try again; if it goes on, the server fails on this request.");
    }

    /** As {@link #closedEarly}, after it had asked for a client certificate. */
    public static OriginFailure certificateWanted(Authority authority) {
        return new OriginFailure(
                502,
                "connection_terminated",
                authority
                        + " asked for a client certificate, which this monitor does not have, and"
                        + " closed the connection without an answer.",
                "Add the host to tunnel_hosts, so that the client can show its own.");
    }

    /** No response within the limit. */
    public static OriginFailure responseTimeout(Authority authority, Duration limit) {
        return new OriginFailure(
                504,
                "http_response_timeout",
                authority + " sent no response for " + DurationText.of(limit) + ".",
                "Try again later, or raise idle_timeout_secs for slow servers.");
    }

    /** A response that began, but whose head did not end within the limit. */
    public static OriginFailure headTimeout(Authority authority, Duration limit) {
        return new OriginFailure(
                504,
                "http_response_timeout",
                authority
                        + " began a response, but its head was not complete after "
                        + DurationText.of(limit)
                        + ".",
                "Try again later, or raise header_timeout_secs, and idle_timeout_secs where that is"
                        + " shorter, for slow servers.");
    }

    /** The response breaks the protocol in a way that has no single meaning, or breaks off. */
    public static OriginFailure badResponse(Authority authority, Violation violation) {
        if (violation.rule().equals("RFC 9112 §8")) {
            return new OriginFailure(
                    502,
                    "http_response_incomplete",
                    authority + " closed the connection in the middle of its response's head.",
                    "Try again; if it goes on, the server fails on this request.");
        }
        boolean isTooLarge = violation.rule().equals("RFC 9110 §5.4");
        return new OriginFailure(
                502,
                isTooLarge ? "http_response_header_section_size" : "http_protocol_error",
                authority
                        + " sent a response that breaks HTTP: "
                        + violation.detail()
                        + " ("
                        + violation.rule()
                        + ").",
                isTooLarge
                        ? "Raise max_header_bytes if the server is right to send so much; it bounds"
                                + " the lines too, at one for each 256 bytes."
                        : "The server has to be mended; a proxy that passed this on could not say"
                                + " what was inspected.");
    }

    private static String words(OriginTlsException cause) {
        String message = cause.getMessage();
        return message == null ? "The TLS handshake failed." : message;
    }
}
