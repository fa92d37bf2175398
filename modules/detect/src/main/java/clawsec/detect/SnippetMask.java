package clawsec.detect;

import clawsec.detect.engine.TextScan;
import clawsec.detect.expression.ByteSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a snippet must not show: secrets, and what can be decoded to one. A word of which the
 * beginning is not known any more cannot be decoded, and is hidden.
 */
final class SnippetMask {
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
            int wordEnd = 0;
            while (wordEnd < text.length && isWord(text[wordEnd])) {
                wordEnd++;
            }
            if (wordEnd > TextScan.MARGIN_BYTES) {
                hidden.add(new Mask.Span(from, from + wordEnd));
            }
        }
        return hidden;
    }

    /**
     * The secrets that the text's raw form holds, where they stand in the text. A decoding may have
     * moved them next to something else, so that they do not look like secrets there. Either may
     * have been read in part.
     */
    static List<Mask.Span> rawSpans(Message message, TextScan scan, byte[] raw) {
        List<Mask.Span> hidden = new ArrayList<>();
        long base = scan.window().base();
        byte[] text = scan.window().copy(base, scan.place());
        List<Mask.Span> secrets = raw.length == 0 ? List.of() : message.secrets().spans(raw);
        for (Mask.Span span : secrets) {
            int from = (int) span.from();
            for (int at = 0; at < text.length && span.from() < span.to(); at++) {
                int length = (int) Math.min(span.to() - span.from(), text.length - at);
                if (Arrays.equals(text, at, at + length, raw, from, from + length)) {
                    hidden.add(new Mask.Span(base + at, base + at + length));
                }
            }
        }
        return hidden;
    }

    private static boolean isWord(byte character) {
        return ByteSet.WORD.contains(character & 0xff)
                || character == '-'
                || character == '+'
                || character == '/';
    }
}
