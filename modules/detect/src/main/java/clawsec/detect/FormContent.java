package clawsec.detect;

import clawsec.http.Fields;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a form, or the parts of a multipart message, in content that leaves: kept until its
 * end, for {@link JoinedParts}. Confined to its scan.
 */
final class FormContent {
    /** What comes behind is not joined, which is counted. */
    static final int MAX_BYTES = 32_768;

    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String MULTIPART = "multipart/";
    private static final String BOUNDARY = "boundary=";

    /** Empty for a form. */
    private final String boundary;

    private byte[] kept = new byte[0];
    private int length;
    private boolean isLeftOut;

    private FormContent(String boundary) {
        this.boundary = boundary;
    }

    /** For content that some field lines describe; null when it is neither of both. */
    static @Nullable FormContent open(Fields fields) {
        String type = fields.first("Content-Type").orElse("");
        if (isForm(type)) {
            return new FormContent("");
        }
        int at = type.toLowerCase(Locale.ROOT).indexOf(BOUNDARY);
        if (at < 0 || !type.regionMatches(true, 0, MULTIPART, 0, MULTIPART.length())) {
            return null;
        }
        // RFC 2046 §5.1.1: the boundary may be quoted, and other parameters may follow
        String rest = type.substring(at + BOUNDARY.length());
        String boundary = rest.startsWith("\"") ? rest.substring(1) : rest;
        int end = 0;
        while (end < boundary.length() && "\"; ".indexOf(boundary.charAt(end)) < 0) {
            end++;
        }
        return end == 0 ? null : new FormContent(boundary.substring(0, end));
    }

    private static boolean isForm(String type) {
        return type.regionMatches(true, 0, FORM, 0, FORM.length());
    }

    /** Whether it is a form, in which a plus stands for a space. */
    boolean isForm() {
        return boundary.isEmpty();
    }

    /**
     * Takes the next piece; not consumed.
     *
     * @return false if this is the first of which something is left out
     */
    boolean add(ByteBuffer piece) {
        boolean wasLeftOut = isLeftOut;
        isLeftOut |= piece.remaining() > MAX_BYTES - length;
        int count = Math.min(piece.remaining(), MAX_BYTES - length);
        if (length + count > kept.length) {
            kept = Arrays.copyOf(kept, Math.clamp(2L * (length + count), 256, MAX_BYTES));
        }
        piece.get(piece.position(), kept, length, count);
        length += count;
        return wasLeftOut || !isLeftOut;
    }

    /** Has what was taken joined. */
    void joinBy(JoinedParts joined) {
        String content = new String(kept, 0, length, StandardCharsets.UTF_8);
        if (isForm()) {
            joined.readFields(content);
        } else {
            joined.readParts(parts(content));
        }
    }

    private List<String> parts(String content) {
        String divider = "--" + boundary;
        List<String> parts = new ArrayList<>();
        int at = content.indexOf(divider);
        while (at >= 0) {
            int from = at + divider.length();
            at = content.indexOf(divider, from);
            String part = content.substring(from, at < 0 ? content.length() : at);
            int head = part.indexOf("\r\n\r\n");
            if (head >= 0) {
                parts.add(part.substring(head + 4).stripTrailing());
            }
        }
        return parts;
    }
}
