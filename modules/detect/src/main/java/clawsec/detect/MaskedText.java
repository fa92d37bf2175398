package clawsec.detect;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A piece of a text with the parts that must not be shown. Each hidden stretch is written as three
 * dots, once, wherever the piece or one of the parts asked for begins or ends.
 */
final class MaskedText {
    private final byte[] bytes;
    private final long base;

    /** What is hidden of the piece, in order, none touching another. */
    private final List<Mask.Span> hidden = new ArrayList<>();

    /** The hidden stretch that was written last. */
    private int written = -1;

    /**
     * @param base place of the first byte
     * @param spans places, in any order
     */
    MaskedText(byte[] bytes, long base, List<Mask.Span> spans) {
        this.bytes = bytes;
        this.base = base;
        long end = base + bytes.length;
        List<Mask.Span> ordered = new ArrayList<>(spans);
        ordered.sort(Comparator.comparingLong(Mask.Span::from));
        for (Mask.Span span : ordered) {
            long from = Math.max(span.from(), base);
            long to = Math.min(span.to(), end);
            if (from >= to) {
                continue;
            }
            if (!hidden.isEmpty() && hidden.getLast().to() >= from) {
                Mask.Span last = hidden.removeLast();
                hidden.add(new Mask.Span(last.from(), Math.max(last.to(), to)));
            } else {
                hidden.add(new Mask.Span(from, to));
            }
        }
    }

    boolean isMasked() {
        return !hidden.isEmpty();
    }

    /** The text between two places; to be asked for in order. */
    String between(long from, long to) {
        StringBuilder out = new StringBuilder();
        long place = from;
        for (int i = 0; i < hidden.size() && place < to; i++) {
            Mask.Span span = hidden.get(i);
            if (span.to() <= place) {
                continue;
            }
            long start = Math.clamp(span.from(), place, to);
            PrintableText.append(out, bytes, (int) (place - base), (int) (start - base));
            if (start < to && written < i) {
                out.append(PrintableText.ELLIPSIS);
                written = i;
            }
            place = start < to ? Math.min(span.to(), to) : to;
        }
        if (place < to) {
            PrintableText.append(out, bytes, (int) (place - base), (int) (to - base));
        }
        return out.toString();
    }
}
