package clawsec.http.h1;

import clawsec.http.Authority;
import clawsec.http.RequestHead;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides where a request ends (RFC 9112 §6) and checks its Host. Everything that another
 * implementation could read differently is refused: request smuggling is two readings of one head.
 */
final class RequestFraming {
    private RequestFraming() {}

    /** The head with its framing, or what is wrong with it. */
    static Http1Event frame(RequestHead head) {
        FramingFields fields = new FramingFields(head.fields());
        Http1Event fault = hostFault(head, fields);
        if (fault != null) {
            return fault;
        }
        if (fields.lookalikes > 0) {
            return fault(400, "RFC 9112 §6.3", "underscore in the name of a framing field");
        }
        if (fields.codings > 0) {
            fault = codingFault(head, fields);
            return fault == null ? new Http1Event.Request(head, Framing.CHUNKED) : fault;
        }
        return fields.lengths > 0
                ? frameByLength(head, fields)
                : new Http1Event.Request(head, Framing.NONE);
    }

    private static Http1Event frameByLength(RequestHead head, FramingFields fields) {
        // RFC 9112 §6.3: lists and repetitions are refused even when all say the same
        if (fields.lengths > 1) {
            return fault(400, "RFC 9112 §6.3", "more than one Content-Length field");
        }
        long length = FramingFields.parseLength(fields.length);
        if (length < 0) {
            return fault(400, "RFC 9112 §6.2", "Content-Length is not a number of bytes");
        }
        if (length > 0 && isConnect(head)) {
            return fault(400, "RFC 9110 §9.3.6", "CONNECT with content");
        }
        // Leading zeros are octal to some: the length goes on in plain digits.
        String digits = Long.toString(length);
        RequestHead plain =
                digits.equals(fields.length)
                        ? head
                        : new RequestHead(
                                head.method(),
                                head.target(),
                                head.version(),
                                head.fields().withOnly(FramingFields.CONTENT_LENGTH, digits));
        return new Http1Event.Request(plain, new Framing.Length(length));
    }

    private static Http1Event.@Nullable Malformed codingFault(
            RequestHead head, FramingFields fields) {
        if (!head.version().isAtLeast11()) {
            return fault(400, "RFC 9112 §6.1", "Transfer-Encoding in HTTP/1.0");
        }
        if (fields.lengths > 0) {
            return fault(400, "RFC 9112 §6.3", "Content-Length beside Transfer-Encoding");
        }
        if (isConnect(head)) {
            return fault(400, "RFC 9110 §9.3.6", "CONNECT with content");
        }
        if (fields.isPlainlyChunked()) {
            return null;
        }
        List<String> codings = fields.transferCodings();
        int last = codings.size() - 1;
        // RFC 9112 §6.3: chunked is final; §7: and not applied twice
        if (last < 0 || codings.indexOf("chunked") != last) {
            return fault(400, "RFC 9112 §6.3", "chunked is not the final transfer coding");
        }
        return last == 0
                ? fault(400, "RFC 9112 §6.1", "Transfer-Encoding is not exactly chunked")
                : fault(501, "RFC 9112 §6.1", "transfer coding other than chunked");
    }

    /** RFC 9112 §3.2 */
    private static Http1Event.@Nullable Malformed hostFault(
            RequestHead head, FramingFields fields) {
        if (fields.hosts == 0) {
            return head.version().isAtLeast11()
                    ? fault(400, "RFC 9112 §3.2", "no Host field")
                    : null;
        }
        if (fields.hosts > 1) {
            return fault(400, "RFC 9112 §3.2", "more than one Host field");
        }
        // RFC 9110 §4.2.1: no http URI has an empty host; RFC 9112 §3.2.2: beside another form of
        // target than a path, the field decides nothing
        boolean isValid =
                fields.host.isEmpty()
                        ? !head.target().startsWith("/")
                        : Authority.parse(fields.host, 80).isPresent();
        return isValid ? null : fault(400, "RFC 9112 §3.2", "invalid Host field");
    }

    private static boolean isConnect(RequestHead head) {
        return head.method().equals("CONNECT");
    }

    private static Http1Event.Malformed fault(int status, String rule, String detail) {
        return Role.REQUEST.malformed(status, rule, detail);
    }
}
