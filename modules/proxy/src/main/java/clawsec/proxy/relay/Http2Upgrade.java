package clawsec.proxy.relay;

import clawsec.http.Fields;
import clawsec.http.RequestHead;
import clawsec.http.h1.Framing;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * A request of HTTP/1.1 that asks to go on with HTTP/2 in clear (RFC 7540 §3.2). RFC 9113 has
 * dropped it, so that it may be ignored, and is where it comes with content.
 */
final class Http2Upgrade {
    private static final String SETTINGS = "HTTP2-Settings";

    private Http2Upgrade() {}

    /** The payload of its settings; empty when it asks for no such thing, or not rightly. */
    static Optional<byte[]> settings(RequestHead head, Framing framing) {
        Fields fields = head.fields();
        List<String> values = fields.all(SETTINGS);
        boolean isAsked =
                head.version().isAtLeast11()
                        && !framing.hasContent()
                        && values.size() == 1
                        && Forwarding.has(fields.members("Upgrade"), "h2c")
                        && Forwarding.has(fields.members("Connection"), "upgrade")
                        && Forwarding.has(fields.members("Connection"), SETTINGS);
        if (!isAsked) {
            return Optional.empty();
        }
        try {
            return Optional.of(Base64.getUrlDecoder().decode(values.getFirst()));
        } catch (IllegalArgumentException noBase64) {
            return Optional.empty();
        }
    }
}
