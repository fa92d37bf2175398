package clawsec.detect;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import clawsec.detect.engine.TextScan;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a snippet must not show: secrets, and what can be decoded to one. What may be written in
 * some encoding, and of which the beginning is not known any more, cannot be decoded and is hidden.
 */
final class SnippetMask {
    /** Fewer bytes of a secret in a row tell nothing. */
    private static final int PIECE_BYTES = 5;

    private SnippetMask() {}

    static List<Mask.Span> spans(Message message, TextScan scan, Mask mask, long start, long end) {
        long context = start - TextScan.CONTEXT_BYTES;
        long from = Math.max(0, context - TextScan.MARGIN_BYTES);
        List<Mask.Span> hidden = new ArrayList<>(mask.spans(scan, from));
        long to = Math.min(scan.place(), end + TextScan.CONTEXT_BYTES);
        byte[] text = scan.window().copy(from, to);
        for (Mask.Span span : message.encodedSecrets().spans(text)) {
            hidden.add(new Mask.Span(from + span.from(), from + span.to()));
        }
        if (from > 0) {
            for (Mask.Span span : CutRun.spans(text, TextScan.MARGIN_BYTES)) {
                hidden.add(new Mask.Span(from + span.from(), Math.min(from + span.to(), start)));
            }
        }
        hidden.addAll(neighbours(text, from, hidden, (int) (start - from), (int) (end - from)));
        return hidden;
    }

    /**
     * What may be the rest of a secret in the URL or the form around a match, which has no spaces.
     *
     * @param from place of the text
     * @param start index of the match
     * @param end index of its end
     */
    private static List<Mask.Span> neighbours(
            byte[] text, long from, List<Mask.Span> hidden, int start, int end) {
        int first = Math.max(0, start);
        while (first > 0 && isInUrl(text[first - 1])) {
            first--;
        }
        int last = Math.min(text.length, end);
        while (last < text.length && isInUrl(text[last])) {
            last++;
        }
        String around = new String(text, first, last - first, ISO_8859_1);
        if (around.indexOf('&') < 0 && !around.contains("://")) {
            return List.of();
        }
        List<Mask.Span> found =
                hidden.stream()
                        .map(span -> new Mask.Span(span.from() - from, span.to() - from))
                        .toList();
        BitSet indexes = SecretPiece.indexes(found, text.length);
        int secret = indexes.nextSetBit(first);
        if (secret < 0 || secret >= last) {
            return List.of();
        }
        return SecretPiece.spans(text, first, last, indexes, new BitSet()).stream()
                .map(span -> new Mask.Span(from + span.from(), from + span.to()))
                .toList();
    }

    private static boolean isInUrl(byte value) {
        return value > ' ' && "\"'<>\\`".indexOf(value) < 0;
    }

    /**
     * The secrets that the text's raw form holds, and those of the texts it is made from, where
     * parts of them stand in a part of the text. A decoding may have moved them next to something
     * else, or taken something out, so that they do not look like secrets there. Each may have been
     * read in part. Likewise what is hidden of the message's URL.
     */
    static List<Mask.Span> rawSpans(Message message, Layer layer, long start, long end) {
        Set<Long> pieces = new HashSet<>();
        for (Layer each = layer; each != null; each = each.parent()) {
            byte[] raw = each.rawText();
            List<Mask.Span> secrets = new ArrayList<>();
            if (raw.length > 0) {
                secrets.addAll(message.secrets().spans(raw));
                secrets.addAll(message.encodedSecrets().spans(raw));
            }
            addPieces(pieces, raw, secrets);
        }
        addPieces(pieces, message.url(), message.urlSecrets());
        if (pieces.isEmpty()) {
            return List.of();
        }
        long from = Math.max(layer.window().base(), start - TextScan.CONTEXT_BYTES - PIECE_BYTES);
        long to = Math.min(layer.place(), end + TextScan.CONTEXT_BYTES);
        byte[] text = layer.window().copy(from, to);
        List<Mask.Span> hidden = new ArrayList<>();
        for (int at = 0; at + PIECE_BYTES <= text.length; at++) {
            if (pieces.contains(piece(text, at))) {
                hidden.add(new Mask.Span(from + at, from + at + PIECE_BYTES));
            }
        }
        return hidden;
    }

    private static void addPieces(Set<Long> pieces, byte[] text, List<Mask.Span> secrets) {
        for (Mask.Span span : secrets) {
            int last = (int) Math.min(span.to(), text.length);
            for (int at = (int) span.from(); at + PIECE_BYTES <= last; at++) {
                pieces.add(piece(text, at));
            }
        }
    }

    private static long piece(byte[] text, int at) {
        long piece = 0;
        for (int i = at; i < at + PIECE_BYTES; i++) {
            piece = (piece << Byte.SIZE) | (text[i] & 0xff);
        }
        return piece;
    }
}
