package clawsec.detect;

import clawsec.detect.engine.TextScan;
import clawsec.detect.engine.Window;
import java.util.List;

/** The line that shows a match: it and what stands around it. */
final class Snippet {
    /** The most characters ({@code char}) of a snippet. */
    static final int MAX_CHARACTERS = 200;

    private Snippet() {}

    /**
     * Shows the match from {@code start} to {@code end} with up to {@link TextScan#CONTEXT_BYTES}
     * bytes on either side. What is hidden is taken away first; then a match that is too long loses
     * its middle.
     *
     * @param place up to where the text may be shown
     * @param isHead whether the context stays on the match's own line
     */
    static String of(
            Window text, long start, long end, long place, boolean isHead, List<Mask.Span> hidden) {
        long from = Math.max(text.base(), start - TextScan.CONTEXT_BYTES);
        long to = Math.min(place, end + TextScan.CONTEXT_BYTES);
        if (isHead) {
            from = lineStart(text, from, start);
            to = lineEnd(text, end, to);
        }
        byte[] bytes = text.copy(from, to);
        // A character cut by the window's edge is left out.
        int first = 0;
        while (from + first < start && PrintableText.isContinuation(bytes[first])) {
            first++;
        }
        int last = bytes.length;
        while (from + last > end && isCutAt(bytes, last)) {
            last--;
        }
        MaskedText masked = new MaskedText(bytes, from, hidden);
        String before = masked.between(from + first, start);
        String match = masked.between(start, end);
        String after = masked.between(end, from + last);
        int room = MAX_CHARACTERS - before.length() - after.length();
        return before + withoutMiddle(match, room) + after;
    }

    private static long lineStart(Window text, long from, long start) {
        long place = start;
        while (place > from && !isLineBreak(text.at(place - 1))) {
            place--;
        }
        return place;
    }

    private static long lineEnd(Window text, long end, long to) {
        long place = end;
        while (place < to && !isLineBreak(text.at(place))) {
            place++;
        }
        return place;
    }

    private static boolean isLineBreak(int value) {
        return value == '\r' || value == '\n';
    }

    /** Whether the last of {@code length} bytes belongs to a character that goes on after them. */
    private static boolean isCutAt(byte[] bytes, int length) {
        int lead = length - 1;
        while (lead > 0 && length - lead < 4 && PrintableText.isContinuation(bytes[lead])) {
            lead--;
        }
        return (bytes[lead] & 0xff) >= 0xc2
                && PrintableText.sequenceLength(bytes, lead, length) == 0;
    }

    private static String withoutMiddle(String match, int room) {
        if (match.length() <= room) {
            return match;
        }
        int kept = room - PrintableText.ELLIPSIS.length();
        int head = (kept + 1) / 2;
        int tail = match.length() - kept / 2;
        if (Character.isHighSurrogate(match.charAt(head - 1))) {
            head--;
        }
        if (Character.isLowSurrogate(match.charAt(tail))) {
            tail++;
        }
        return match.substring(0, head) + PrintableText.ELLIPSIS + match.substring(tail);
    }
}
