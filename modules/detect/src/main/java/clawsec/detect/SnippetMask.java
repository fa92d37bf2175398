package clawsec.detect;

import clawsec.detect.engine.TextScan;
import clawsec.detect.expression.ByteSet;
import java.util.ArrayList;
import java.util.List;

/**
 * What a snippet must not show: secrets, and what can be decoded to one. A word of which the
 * beginning is not known any more cannot be decoded, and is hidden.
 */
final class SnippetMask {
    private SnippetMask() {}

    static List<Mask.Span> spans(Message message, TextScan scan, Mask mask, long start, long end) {
        List<Mask.Span> hidden = new ArrayList<>(mask.spans(scan));
        long context = start - TextScan.CONTEXT_BYTES;
        long from = Math.max(0, context - TextScan.MARGIN_BYTES);
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

    private static boolean isWord(byte character) {
        return ByteSet.WORD.contains(character & 0xff)
                || character == '-'
                || character == '+'
                || character == '/';
    }
}
