package clawsec.detect;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * Hides the secrets of a short text, such as a URL or a line of a log: encoded ones, and those that
 * are cut over the parts of a URL, too. Where it holds one, whatever else may be a {@link
 * SecretPiece} is hidden with it: a piece that is a secret for itself does not tell how it goes on.
 */
final class TextMask {
    private final byte[] bytes;

    /** A character a byte, so that an index of one is an index of the other. */
    private final String characters;

    private final SecretScan secrets;
    private final EncodedSecrets encoded;
    private final List<Mask.Span> hidden = new ArrayList<>();

    /** Fronts of secrets, which say what they are. */
    private final List<Mask.Span> shown = new ArrayList<>();

    private TextMask(byte[] bytes, Detector detector) {
        this.bytes = bytes;
        this.characters = new String(bytes, StandardCharsets.ISO_8859_1);
        this.secrets = new SecretScan(detector);
        this.encoded = new EncodedSecrets(detector);
    }

    /** The same text when it holds no secret. */
    static String masked(String text, Detector detector) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        MaskedText masked = new MaskedText(bytes, 0, spans(bytes, detector));
        return masked.isMasked() ? masked.between(0, bytes.length) : text;
    }

    /** What is hidden of a text, as indexes, in no order. */
    static List<Mask.Span> spans(byte[] text, Detector detector) {
        TextMask mask = new TextMask(text, detector);
        mask.hide();
        return mask.hidden;
    }

    private void hide() {
        hidden.addAll(secrets.wholeSpans(bytes));
        hidden.addAll(encoded.spans(bytes));
        UrlParts parts = UrlParts.of(characters);
        parts.labelOrders(characters).forEach(this::hideJoined);
        UrlParts.orders(parts.target()).forEach(this::hideJoined);
        hidden.removeIf(span -> span.from() >= span.to());
        if (!hidden.isEmpty()) {
            hidePieces(parts);
        }
    }

    /** The owner's name is no piece of a secret: it says where that went. */
    private void hidePieces(UrlParts parts) {
        BitSet found = SecretPiece.indexes(hidden, bytes.length);
        BitSet fronts = SecretPiece.indexes(shown, bytes.length);
        for (UrlParts.Part label : parts.labels()) {
            hidden.addAll(SecretPiece.spans(bytes, label.from(), label.to(), found, fronts));
        }
        int authority = UrlParts.authority(characters);
        int path = authority;
        while (path < bytes.length && "/?#".indexOf(bytes[path]) < 0) {
            path++;
        }
        int host = Math.max(authority, characters.lastIndexOf('@', path - 1) + 1);
        hidden.addAll(SecretPiece.spans(bytes, authority, host, found, fronts));
        hidden.addAll(SecretPiece.spans(bytes, path, bytes.length, found, fronts));
    }

    /** As {@link JoinedParts} reads them. */
    private void hideJoined(List<UrlParts.Part> parts) {
        for (int first = 0; first < Math.min(parts.size() - 1, JoinedParts.MAX_PARTS); first++) {
            hideOne(parts.subList(first, JoinedParts.end(parts, first)));
        }
    }

    private void hideOne(List<UrlParts.Part> parts) {
        List<byte[]> texts = new ArrayList<>();
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (UrlParts.Part part : parts) {
            byte[] text = Arrays.copyOfRange(bytes, part.from(), part.to());
            texts.add(text);
            joined.writeBytes(text);
        }
        List<Mask.Span> fronts = new ArrayList<>();
        List<Mask.Span> spans = new ArrayList<>(secrets.joinedSpans(texts, fronts));
        spans.addAll(encoded.spans(joined.toByteArray()));
        long begin = 0;
        for (UrlParts.Part part : parts) {
            addWithin(part, begin, spans, hidden);
            addWithin(part, begin, fronts, shown);
            begin += part.length();
        }
    }

    /**
     * @param begin of the part in the joined text
     */
    private static void addWithin(
            UrlParts.Part part, long begin, List<Mask.Span> spans, List<Mask.Span> all) {
        for (Mask.Span span : spans) {
            long from = Math.max(0, span.from() - begin);
            long to = Math.min(part.length(), span.to() - begin);
            if (from < to) {
                all.add(new Mask.Span(part.from() + from, part.from() + to));
            }
        }
    }
}
