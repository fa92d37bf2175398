package clawsec.detect;

import clawsec.detect.engine.TextScan;
import clawsec.detect.engine.Window;
import java.util.ArrayList;
import java.util.List;

/**
 * What a snippet of a text without its escape sequences must not show because the text with them
 * holds a secret there: the front may lie before what was decoded, or look like an escape sequence
 * itself. What stands so far behind that nothing is known of it any more is hidden as well.
 */
final class SourceMask {
    /** How far behind where the text is read its source is looked at. */
    private static final int SOURCE_BYTES = 1024;

    private SourceMask() {}

    /**
     * @param start of the match
     * @param end of the match
     * @return places of the layer, in no order
     */
    static List<Mask.Span> spans(Message message, Layer layer, long start, long end) {
        long from = Math.max(layer.window().base(), start - TextScan.CONTEXT_BYTES);
        long to = Math.min(layer.place(), end + TextScan.CONTEXT_BYTES);
        return spans(message, layer, new Stretch(from, start, to, layer.place()));
    }

    /**
     * A part of a text.
     *
     * @param start of the match in it
     * @param read up to where the text is read, whatever it came in
     */
    private record Stretch(long from, long start, long to, long read) {}

    private static List<Mask.Span> spans(Message message, Layer layer, Stretch asked) {
        Layer source = layer.source();
        int count = (int) (asked.to - asked.from);
        if (source == null || count == 0) {
            return List.of();
        }
        long[] starts = new long[count];
        long[] ends = new long[count];
        long[] last = new long[1];
        boolean isKnown =
                layer.novelty().trace(asked.read - 1, asked.read, new long[1], last)
                        && layer.novelty().trace(asked.from, asked.to, starts, ends);
        if (!isKnown) {
            return List.of();
        }
        int match = (int) Math.clamp(asked.start - asked.from, 0, count);
        long matchStart = match < count ? starts[match] : ends[count - 1];
        Window text = source.window();
        long earliest = Math.max(text.lastBase(), last[0] - SOURCE_BYTES);
        long from = Math.max(earliest, starts[0] - TextScan.MARGIN_BYTES);
        Stretch traced = new Stretch(from, matchStart, ends[count - 1], last[0]);
        List<Mask.Span> hidden = new ArrayList<>();
        if (from < traced.to) {
            hidden.addAll(within(message, source, traced, starts[0]));
            hidden.addAll(spans(message, source, traced));
            // Of what begins further left only who read it all knows; of the rest he may know
            // more than is read here, which depends on the pieces the text came in.
            source.secrets().stream()
                    .filter(span -> span.from() < traced.from)
                    .forEach(hidden::add);
        }
        hidden.add(new Mask.Span(Long.MIN_VALUE, Math.min(from, matchStart)));
        return traceBack(hidden, asked, starts, ends);
    }

    /** What is secret in a part of the source. */
    private static List<Mask.Span> within(
            Message message, Layer source, Stretch part, long shownFrom) {
        byte[] raw = source.window().copyLast(part.from, part.to);
        List<Mask.Span> secrets = new ArrayList<>(message.secrets().spans(raw));
        secrets.addAll(message.encodedSecrets().spans(raw));
        if (part.from > 0) {
            int shown = (int) Math.max(0, shownFrom - part.from);
            for (Mask.Span span : CutRun.spans(raw, shown)) {
                secrets.add(
                        new Mask.Span(span.from(), Math.min(span.to(), part.start - part.from)));
            }
        }
        return secrets.stream()
                .map(span -> new Mask.Span(part.from + span.from(), part.from + span.to()))
                .toList();
    }

    private static List<Mask.Span> traceBack(
            List<Mask.Span> hidden, Stretch asked, long[] starts, long[] ends) {
        List<Mask.Span> spans = new ArrayList<>();
        for (Mask.Span span : hidden) {
            long first = -1;
            for (int i = 0; i <= starts.length; i++) {
                boolean isHidden =
                        i < starts.length && starts[i] < span.to() && ends[i] > span.from();
                if (isHidden && first < 0) {
                    first = asked.from + i;
                } else if (!isHidden && first >= 0) {
                    spans.add(new Mask.Span(first, asked.from + i));
                    first = -1;
                }
            }
        }
        return spans;
    }
}
