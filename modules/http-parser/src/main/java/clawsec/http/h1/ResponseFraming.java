package clawsec.http.h1;

import clawsec.http.FieldLine;
import clawsec.http.Fields;
import clawsec.http.ResponseHead;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Decides where a response ends (RFC 9112 §6.3), and leaves in the head only what agrees with that,
 * so that whoever reads it next decides the same.
 */
final class ResponseFraming {
    private static final Set<List<String>> KNOWN_CODINGS =
            Set.of(List.of(), List.of("identity"), List.of("chunked"));

    private ResponseFraming() {}

    /** The head with its framing, or what is wrong with it. */
    static Http1Event frame(ResponseHead head, String requestMethod) {
        int status = head.status();
        // RFC 9112 §6.3: CONNECT with 2xx and the switch to another protocol end HTTP
        boolean isTunnel = status == 101 || (requestMethod.equals("CONNECT") && status / 100 == 2);
        // RFC 9110 §8.6, RFC 9112 §6.1: the framing fields have no meaning in these
        if (isTunnel || head.isInterim() || status == 204) {
            Fields fields = head.fields().without(ResponseFraming::isFraming);
            return framed(head, fields, isTunnel ? Framing.TUNNEL : Framing.NONE);
        }
        // RFC 9112 §6.3: no content, though the fields tell of what GET would have given
        boolean isWithoutContent = requestMethod.equals("HEAD") || status == 304;
        FramingFields fields = new FramingFields(head.fields());
        return fields.codings > 0
                ? frameByCoding(head, fields, isWithoutContent)
                : frameByLength(head, fields, isWithoutContent);
    }

    private static Http1Event frameByCoding(
            ResponseHead head, FramingFields fields, boolean isWithoutContent) {
        List<String> codings = fields.transferCodings();
        if (!KNOWN_CODINGS.contains(codings)) {
            return fault("RFC 9112 §6.1", "transfer coding other than chunked");
        }
        if (!codings.contains("chunked")) {
            Fields rest =
                    head.fields().without(line -> line.isNamed(FramingFields.TRANSFER_ENCODING));
            return frameByLength(withFields(head, rest), new FramingFields(rest), isWithoutContent);
        }
        // RFC 9112 §6.3: the coding overrides a length, which is not passed on
        Fields plain =
                fields.lengths == 0 && fields.isPlainlyChunked()
                        ? head.fields()
                        : head.fields()
                                .without(line -> line.isNamed(FramingFields.CONTENT_LENGTH))
                                .withOnly(FramingFields.TRANSFER_ENCODING, "chunked");
        // RFC 9112 §6.1: in HTTP/1.0 the framing counts as faulty, and the connection ends with it
        Fields last = head.version().isAtLeast11() ? plain : plain.withOnly("Connection", "close");
        return framed(head, last, isWithoutContent ? Framing.NONE : Framing.CHUNKED);
    }

    private static Http1Event frameByLength(
            ResponseHead head, FramingFields fields, boolean isWithoutContent) {
        if (fields.lengths == 0) {
            return framed(
                    head, head.fields(), isWithoutContent ? Framing.NONE : Framing.UNTIL_CLOSE);
        }
        long length = FramingFields.parseLength(fields.length);
        if (fields.lengths > 1 || length < 0) {
            // RFC 9110 §8.6: the same length said several times is said once
            Set<Long> lengths = new HashSet<>();
            for (String member : head.fields().members(FramingFields.CONTENT_LENGTH)) {
                lengths.add(FramingFields.parseLength(member));
            }
            if (lengths.isEmpty() || lengths.contains(-1L)) {
                return fault("RFC 9112 §6.3", "Content-Length is not a number of bytes");
            }
            if (lengths.size() > 1) {
                return fault("RFC 9112 §6.3", "two Content-Lengths that differ");
            }
            length = lengths.iterator().next();
        }
        String digits = Long.toString(length);
        Fields plain =
                fields.lengths == 1 && fields.length.equals(digits)
                        ? head.fields()
                        : head.fields().withOnly(FramingFields.CONTENT_LENGTH, digits);
        return framed(head, plain, isWithoutContent ? Framing.NONE : new Framing.Length(length));
    }

    private static Http1Event framed(ResponseHead head, Fields fields, Framing framing) {
        return new Http1Event.Response(withFields(head, fields), framing);
    }

    private static ResponseHead withFields(ResponseHead head, Fields fields) {
        return new ResponseHead(head.status(), head.reason(), head.version(), fields);
    }

    private static boolean isFraming(FieldLine line) {
        return line.isNamed(FramingFields.CONTENT_LENGTH)
                || line.isNamed(FramingFields.TRANSFER_ENCODING);
    }

    private static Http1Event.Malformed fault(String rule, String detail) {
        return Role.RESPONSE.malformed(502, rule, detail);
    }
}
