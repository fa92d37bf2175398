package clawsec.detect;

import java.util.List;

/**
 * One detection in one message.
 *
 * @param subject the message; its texts have secrets masked when masking is on
 * @param pattern the rule's id
 * @param snippet at most 200 characters: the match with up to 50 characters on either side, secrets
 *     masked when masking is on, control characters replaced
 * @param offsetBytes where the match starts, from the start of the head or of the content (its
 *     content coding removed); for what was found in something decoded, where that starts
 * @param via the decodings it was found under, outermost first, such as {@code gzip}; empty for
 *     plain text
 */
public record Finding(
        Subject subject,
        ThreatType type,
        String pattern,
        Severity severity,
        String snippet,
        long offsetBytes,
        List<String> via) {
    public Finding {
        via = List.copyOf(via);
    }
}
