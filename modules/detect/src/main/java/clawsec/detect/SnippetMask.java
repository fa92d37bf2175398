package clawsec.detect;

import clawsec.detect.engine.TextScan;
import java.util.ArrayList;
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
        return hidden;
    }

    /**
     * The secrets that the text's raw form holds, and those of the texts it is made from, where
     * parts of them stand in a part of the text. A decoding may have moved them next to something
     * else, or taken something out, so that they do not look like secrets there. Each may have been
     * read in part.
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
            for (Mask.Span span : secrets) {
                for (int at = (int) span.from(); at + PIECE_BYTES <= span.to(); at++) {
                    pieces.add(piece(raw, at));
                }
            }
        }
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

    private static long piece(byte[] text, int at) {
        long piece = 0;
        for (int i = at; i < at + PIECE_BYTES; i++) {
            piece = (piece << Byte.SIZE) | (text[i] & 0xff);
        }
        return piece;
    }
}
