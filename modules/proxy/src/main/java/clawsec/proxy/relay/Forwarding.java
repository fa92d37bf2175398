package clawsec.proxy.relay;

import clawsec.http.FieldLine;
import clawsec.http.Fields;
import clawsec.http.HttpVersion;
import clawsec.http.RequestHead;
import clawsec.http.ResponseHead;
import clawsec.http.content.AcceptEncoding;
import clawsec.http.h1.Framing;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Which field lines go on, and how (RFC 9110 §7.6): all of them as received and in order, but for
 * those that belong to one connection, those that name the framing anew, and the few a monitor has
 * to change.
 */
final class Forwarding {
    /**
     * RFC 9110 §7.6.1, and Proxy-Connection, Keep-Alive of older clients; the proxy's own
     * credentials stay here.
     */
    private static final Set<String> HOP_BY_HOP =
            Set.of(
                    "connection",
                    "proxy-connection",
                    "keep-alive",
                    "te",
                    "transfer-encoding",
                    "upgrade",
                    "proxy-authorization",
                    "proxy-authenticate",
                    "http2-settings");

    /** RFC 6455 §4.1, §4.2.2. */
    static final List<FieldLine> UPGRADE =
            List.of(new FieldLine("Connection", "Upgrade"), new FieldLine("Upgrade", "websocket"));

    private Forwarding() {}

    /**
     * The request's field lines towards an origin.
     *
     * @param host the Host field's value, which replaces what the client said (RFC 9112 §3.2.2)
     * @param isUpgrade true to ask the origin for WebSocket too
     */
    static Fields request(RequestHead head, String host, Framing framing, boolean isUpgrade) {
        Set<String> nominated = nominated(head.fields());
        List<FieldLine> lines = new ArrayList<>(head.fields().lines().size() + 3);
        if (!head.fields().contains("Host")) {
            lines.add(new FieldLine("Host", host));
        }
        for (FieldLine line : head.fields().lines()) {
            String name = line.lowerName();
            if (name.equals("host")) {
                lines.add(line.value().equals(host) ? line : new FieldLine(line.name(), host));
            } else if (isTrailersOfHttp2(name, head)) {
                lines.add(line);
            } else if (isDropped(name, nominated) || isOurs(name, head)) {
                continue;
            } else if (name.equals("accept-encoding")) {
                lines.add(acceptable(line));
            } else if (name.equals("max-forwards")) {
                lines.add(MaxForwards.forwarded(line, head));
            } else {
                lines.add(line);
            }
        }
        addFraming(lines, framing);
        if (isUpgrade) {
            lines.addAll(UPGRADE);
        }
        return new Fields(lines);
    }

    /**
     * The response's field lines towards a client; Alt-Svc is taken out, so that clients stay where
     * we see them.
     *
     * @param connection what is said of the connection, see {@link Persistence#announced}
     */
    static Fields response(ResponseHead head, Framing framing, List<FieldLine> connection) {
        Set<String> nominated = nominated(head.fields());
        List<FieldLine> lines = new ArrayList<>(head.fields().lines().size() + 2);
        for (FieldLine line : head.fields().lines()) {
            String name = line.lowerName();
            boolean contradictsFraming =
                    name.equals("content-length")
                            && (framing instanceof Framing.Chunked
                                    || framing instanceof Framing.UntilClose);
            if (!isDropped(name, nominated) && !name.equals("alt-svc") && !contradictsFraming) {
                lines.add(line);
            }
        }
        addFraming(lines, framing);
        lines.addAll(connection);
        return new Fields(lines);
    }

    /**
     * True when the client asks to switch to WebSocket (RFC 6455 §4.1), the one protocol that is
     * followed; by GET and without content, which an origin could take for its first frames.
     */
    static boolean isWebSocketUpgrade(RequestHead head) {
        return head.version().isAtLeast11()
                && head.method().equals("GET")
                && head.fields().first("Content-Length").orElse("0").equals("0")
                && !head.fields().contains("Transfer-Encoding")
                && has(head.fields().members("Connection"), "upgrade")
                && has(head.fields().members("Upgrade"), "websocket");
    }

    static boolean has(List<String> members, String wanted) {
        for (String member : members) {
            if (member.equalsIgnoreCase(wanted)) {
                return true;
            }
        }
        return false;
    }

    private static void addFraming(List<FieldLine> lines, Framing framing) {
        if (framing instanceof Framing.Chunked) {
            lines.add(new FieldLine("Transfer-Encoding", "chunked"));
        }
    }

    private static FieldLine acceptable(FieldLine line) {
        String value = AcceptEncoding.cut(line.value());
        return value.equals(line.value()) ? line : new FieldLine(line.name(), value);
    }

    /** RFC 9113 §8.2.2: the one value that TE may have there goes from end to end. */
    private static boolean isTrailersOfHttp2(String lowerName, RequestHead head) {
        return lowerName.equals("te") && head.version().equals(HttpVersion.HTTP_2);
    }

    /** What the client must not settle with the origin, since we stand between them. */
    private static boolean isOurs(String lowerName, RequestHead head) {
        // RFC 9110 §10.1.1: an expectation in a request of HTTP/1.0 is ignored
        return lowerName.equals("expect") && !head.version().isAtLeast11();
    }

    private static boolean isDropped(String lowerName, Set<String> nominated) {
        return HOP_BY_HOP.contains(lowerName) || nominated.contains(lowerName);
    }

    /**
     * The names that Connection lists; those that carry the message itself cannot be nominated
     * away.
     */
    private static Set<String> nominated(Fields fields) {
        List<String> options = fields.members("Connection");
        if (options.isEmpty()) {
            return Set.of();
        }
        Set<String> names = new HashSet<>();
        for (String option : options) {
            String name = option.toLowerCase(Locale.ROOT);
            if (!name.equals("content-length")
                    && !name.equals("host")
                    && !name.equals("content-encoding")
                    && !name.equals("content-type")) {
                names.add(name);
            }
        }
        return names;
    }
}
