package clawsec.http.ws;

import clawsec.http.Fields;
import java.util.List;

/**
 * The one extension that is read: the compression of messages (RFC 7692 §7), as a client and its
 * origin agreed on it. How large a window they keep makes no difference to a reader.
 *
 * @param isAgreed false where messages are not compressed, as far as can be told
 * @param clientKeepsContext whether a message of the client may refer to the ones before it
 * @param serverKeepsContext likewise of the origin's
 */
public record PermessageDeflate(
        boolean isAgreed, boolean clientKeepsContext, boolean serverKeepsContext) {
    /** No compression. */
    public static final PermessageDeflate NONE = new PermessageDeflate(false, false, false);

    private static final String FIELD = "Sec-WebSocket-Extensions";
    private static final String NAME = "permessage-deflate";
    private static final String CLIENT_NO_CONTEXT = "client_no_context_takeover";
    private static final String SERVER_NO_CONTEXT = "server_no_context_takeover";
    private static final String CLIENT_WINDOW = "client_max_window_bits";
    private static final String SERVER_WINDOW = "server_max_window_bits";
    private static final int MIN_WINDOW_BITS = 8;
    private static final int MAX_WINDOW_BITS = 15;

    /**
     * What a response that switches to WebSocket agreed to, of what its request offered. NONE where
     * there is no compression, and where it is agreed on in a way that the client has to refuse
     * (RFC 7692 §7.1): not offered, said twice, with parameters that are unknown, said twice, out
     * of range, or not what the offer allows. Whatever else is agreed on does not count: its frames
     * are told by their reserved bits.
     */
    public static PermessageDeflate agreed(Fields request, Fields response) {
        List<Extension> accepted = named(response);
        if (accepted.size() != 1) {
            return NONE;
        }
        Extension answer = accepted.getFirst();
        boolean isOffered =
                isValid(answer, true) && named(request).stream().anyMatch(o -> allows(o, answer));
        return isOffered
                ? of(!answer.has(CLIENT_NO_CONTEXT), !answer.has(SERVER_NO_CONTEXT))
                : NONE;
    }

    /** Compression, with the context of which end's messages kept. */
    static PermessageDeflate of(boolean clientKeepsContext, boolean serverKeepsContext) {
        return new PermessageDeflate(true, clientKeepsContext, serverKeepsContext);
    }

    boolean keepsContext(boolean isFromClient) {
        return isFromClient ? clientKeepsContext : serverKeepsContext;
    }

    private static List<Extension> named(Fields fields) {
        return fields.members(FIELD).stream()
                .map(Extension::parse)
                .filter(extension -> extension.name().equalsIgnoreCase(NAME))
                .toList();
    }

    /** Whether parameters are known, said once, and have a value where they must. */
    private static boolean isValid(Extension extension, boolean isAnswer) {
        return extension.isWellFormed()
                && extension.parameters().stream()
                        .allMatch(parameter ->
                                switch (parameter.name()) {
                                    case CLIENT_NO_CONTEXT, SERVER_NO_CONTEXT ->
                                            parameter.value().isEmpty();
                                    case SERVER_WINDOW -> bits(parameter.value()) > 0;
                                    case CLIENT_WINDOW ->
                                            bits(parameter.value()) > 0
                                                    || (!isAnswer && parameter.value().isEmpty());
                                    default -> false;
                                });
    }

    private static boolean allows(Extension offer, Extension answer) {
        if (!isValid(offer, false)) {
            return false;
        }
        // RFC 7692 §7.1.1.1, §7.1.2: what the client asks of the server has to be granted
        boolean isGranted =
                (!offer.has(SERVER_NO_CONTEXT) || answer.has(SERVER_NO_CONTEXT))
                        && (!offer.has(SERVER_WINDOW)
                                || (answer.has(SERVER_WINDOW)
                                        && bits(answer.value(SERVER_WINDOW))
                                                <= bits(offer.value(SERVER_WINDOW))));
        // RFC 7692 §7.1.2.2: only where the client said that it can limit its window
        boolean isPossible =
                !answer.has(CLIENT_WINDOW)
                        || (offer.has(CLIENT_WINDOW)
                                && (offer.value(CLIENT_WINDOW).isEmpty()
                                        || bits(answer.value(CLIENT_WINDOW))
                                                <= bits(offer.value(CLIENT_WINDOW))));
        return isGranted && isPossible;
    }

    /** RFC 7692 §7.1.2: a decimal from 8 to 15 without leading zeros; -1 for anything else. */
    private static int bits(String value) {
        for (int bits = MIN_WINDOW_BITS; bits <= MAX_WINDOW_BITS; bits++) {
            if (value.equals(Integer.toString(bits))) {
                return bits;
            }
        }
        return -1;
    }
}
