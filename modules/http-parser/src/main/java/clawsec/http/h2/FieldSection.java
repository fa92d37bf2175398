package clawsec.http.h2;

import clawsec.http.Fields;
import clawsec.http.RequestHead;
import clawsec.http.ResponseHead;
import clawsec.http.Violation;
import java.util.Optional;
import java.util.Set;

/** What a decoded header block says (RFC 9113 §8.1). */
public sealed interface FieldSection {
    /**
     * A request as HTTP/1.1 would have it: {@code :authority} stands first in its fields as Host,
     * {@code :path} is its target (for CONNECT the authority), and cookies are in one line.
     *
     * @param scheme http or https; empty for CONNECT without {@code protocol}
     * @param protocol of extended CONNECT (RFC 8441 §4), such as websocket
     * @param neverIndexed names of lines that must not be put into tables by whoever passes them on
     */
    record Request(
            RequestHead head, String scheme, Optional<String> protocol, Set<String> neverIndexed)
            implements FieldSection {
        public Request {
            neverIndexed = Set.copyOf(neverIndexed);
        }
    }

    /** A response, interim or not; its reason is empty. */
    record Response(ResponseHead head, Set<String> neverIndexed) implements FieldSection {
        public Response {
            neverIndexed = Set.copyOf(neverIndexed);
        }
    }

    record Trailers(Fields fields) implements FieldSection {}

    /** RFC 9113 §8.1.1: the stream ends of it. */
    record Malformed(Violation violation) implements FieldSection {}
}
