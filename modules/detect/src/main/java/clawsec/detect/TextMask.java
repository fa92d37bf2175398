package clawsec.detect;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Hides the secrets of a short text, such as a URL or a line of a log: encoded ones, and those that
 * are cut over the parts of a URL, too.
 */
final class TextMask {
    private final byte[] bytes;

    /** A character a byte, so that an index of one is an index of the other. */
    private final String characters;

    private final SecretScan secrets;
    private final EncodedSecrets encoded;
    private final List<Mask.Span> hidden = new ArrayList<>();

    private TextMask(byte[] bytes, Detector detector) {
        this.bytes = bytes;
        this.characters = new String(bytes, StandardCharsets.ISO_8859_1);
        this.secrets = new SecretScan(detector);
        this.encoded = new EncodedSecrets(detector);
    }

    /** The same text when it holds no secret. */
    static String masked(String text, Detector detector) {
        TextMask mask = new TextMask(text.getBytes(StandardCharsets.UTF_8), detector);
        mask.hide();
        MaskedText masked = new MaskedText(mask.bytes, 0, mask.hidden);
        return masked.isMasked() ? masked.between(0, mask.bytes.length) : text;
    }

    private void hide() {
        hidden.addAll(secrets.wholeSpans(bytes));
        hidden.addAll(encoded.spans(bytes));
        UrlParts parts = UrlParts.of(characters);
        hide(parts.labels());
        hide(parts.segments());
        hide(parts.values());
    }

    /** As {@link JoinedParts} reads them. */
    private void hide(List<UrlParts.Part> parts) {
        for (int first = 0; first < Math.min(parts.size() - 1, JoinedParts.MAX_PARTS); first++) {
            int end = Math.min(parts.size(), first + JoinedParts.MAX_JOINED);
            hideJoined(parts.subList(first, end));
        }
    }

    private void hideJoined(List<UrlParts.Part> parts) {
        List<byte[]> texts = new ArrayList<>();
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (UrlParts.Part part : parts) {
            byte[] text = Arrays.copyOfRange(bytes, part.from(), part.to());
            texts.add(text);
            joined.writeBytes(text);
        }
        List<Mask.Span> spans = new ArrayList<>(secrets.joinedSpans(texts));
        spans.addAll(encoded.spans(joined.toByteArray()));
        long begin = 0;
        for (UrlParts.Part part : parts) {
            long length = part.to() - part.from();
            for (Mask.Span span : spans) {
                long from = Math.max(0, span.from() - begin);
                long to = Math.min(length, span.to() - begin);
                if (from < to) {
                    hidden.add(new Mask.Span(part.from() + from, part.from() + to));
                }
            }
            begin += length;
        }
    }
}
