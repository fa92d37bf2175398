package clawsec.log;

import clawsec.detect.Direction;
import clawsec.detect.Finding;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Remembers what was logged within the window, so that a repeat (same pattern, dest and direction)
 * is counted instead. Repeats do not prolong the window. What does not fit is logged again rather
 * than lost: a key past the limit pushes out the oldest, a dest past its limit is never a repeat,
 * and a clock that was set back ends the window. Confined to the holder of the log's lock.
 */
final class RepeatWindow {
    /** Keys held at a time. */
    static final int KEYS_LIMIT = 10_000;

    /** Longest dest that is held; a DNS name and a port have at most 259 characters. */
    static final int DEST_LIMIT_CHARS = 512;

    private final Duration window;
    private final Consumer<Repeats> ended;

    /** In the order in which they were logged, so that the oldest ones come first. */
    private final Map<Key, Span> spans = new LinkedHashMap<>();

    /**
     * @param window zero: nothing is a repeat
     * @param ended told of each window that ended and had repeats
     */
    RepeatWindow(Duration window, Consumer<Repeats> ended) {
        this.window = window;
        this.ended = ended;
    }

    /** True when the finding repeats one that was logged; it is then counted. */
    boolean suppresses(Finding finding, Instant now) {
        endOld(now);
        Span span = spans.get(Key.of(finding));
        if (span == null || hasEnded(span, now)) {
            return false;
        }
        span.suppressed++;
        return true;
    }

    /** The finding was logged: its window opens. */
    void opens(Finding finding, Instant now) {
        if (window.isZero() || finding.subject().dest().length() > DEST_LIMIT_CHARS) {
            return;
        }
        Key key = Key.of(finding);
        end(key, spans.remove(key));
        if (spans.size() == KEYS_LIMIT) {
            Map.Entry<Key, Span> oldest = spans.entrySet().iterator().next();
            spans.remove(oldest.getKey());
            end(oldest.getKey(), oldest.getValue());
        }
        spans.put(key, new Span(now));
    }

    /** Ends every window. */
    void endAll() {
        spans.forEach(this::end);
        spans.clear();
    }

    private void endOld(Instant now) {
        Iterator<Map.Entry<Key, Span>> oldest = spans.entrySet().iterator();
        while (oldest.hasNext()) {
            Map.Entry<Key, Span> entry = oldest.next();
            if (!hasEnded(entry.getValue(), now)) {
                return;
            }
            oldest.remove();
            end(entry.getKey(), entry.getValue());
        }
    }

    private boolean hasEnded(Span span, Instant now) {
        Duration age = Duration.between(span.loggedAt, now);
        return age.isNegative() || age.compareTo(window) >= 0;
    }

    private void end(Key key, @Nullable Span span) {
        if (span != null && span.suppressed > 0) {
            ended.accept(new Repeats(key, span.loggedAt, span.suppressed));
        }
    }

    /** What makes two findings the same. */
    record Key(String pattern, String dest, Direction direction) {
        static Key of(Finding finding) {
            return new Key(
                    finding.pattern(), finding.subject().dest(), finding.subject().direction());
        }
    }

    /** How many repeats followed what was logged at that time. */
    record Repeats(Key key, Instant loggedAt, long count) {}

    private static final class Span {
        private final Instant loggedAt;
        private long suppressed;

        Span(Instant loggedAt) {
            this.loggedAt = loggedAt;
        }
    }
}
