package clawsec.proxy.relay;

import clawsec.http.FieldLine;
import clawsec.http.Fields;
import clawsec.http.HttpVersion;
import clawsec.http.RequestHead;
import clawsec.http.ResponseHead;
import clawsec.http.h1.Framing;
import java.util.List;

/** Which connections carry another message (RFC 9112 §9.3), and how a client is told. */
final class Persistence {
    static final List<FieldLine> CLOSES = List.of(new FieldLine("Connection", "close"));

    private static final List<FieldLine> STAYS = List.of(new FieldLine("Connection", "keep-alive"));

    private Persistence() {}

    /** Whether the sender of this head keeps the connection for more messages. */
    static boolean isPersistent(HttpVersion version, Fields fields) {
        List<String> options = fields.members("Connection");
        if (Forwarding.has(options, "close")) {
            return false;
        }
        return version.isAtLeast11()
                || Forwarding.has(options, "keep-alive")
                || Forwarding.has(fields.members("Proxy-Connection"), "keep-alive");
    }

    /** What a response tells the client of the connection's future. */
    static List<FieldLine> announced(HttpVersion client, boolean persists) {
        if (!persists) {
            return CLOSES;
        }
        return client.isAtLeast11() ? List.of() : STAYS;
    }

    /**
     * Whether an origin's connection may serve another client after this exchange: never one that
     * was authenticated itself (NTLM, Negotiate: RFC 4559 §6).
     */
    static boolean isReusable(RequestHead request, ResponseHead response, Framing framing) {
        return !(framing instanceof Framing.UntilClose)
                && isPersistent(response.version(), response.fields())
                && !authenticatesConnection(request.fields().all("Authorization"))
                && !authenticatesConnection(response.fields().all("WWW-Authenticate"));
    }

    private static boolean authenticatesConnection(List<String> values) {
        for (String value : values) {
            if (value.regionMatches(true, 0, "NTLM", 0, 4)
                    || value.regionMatches(true, 0, "Negotiate", 0, 9)) {
                return true;
            }
        }
        return false;
    }
}
