package clawsec.detect;

import java.util.BitSet;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Hands the findings of one message to its sink. A text can be made of findings alone, each of
 * which costs as much as thousands of bytes: when there have been many, and not enough text, only
 * the first of each rule is still reported, and the others are counted. Which ones is left to the
 * order in which they turn up. Confined to its scan.
 */
final class Reporter {
    /** Findings of a message beside the first of each rule, whatever its length. */
    static final int FREE_FINDINGS = 128;

    /** Bytes scanned for each one more. */
    static final int BYTES_A_FINDING = 1024;

    private final Detector detector;
    private final Subject subject;
    private final Consumer<Finding> sink;
    private @Nullable Subject shownSubject;
    private long count;
    private final BitSet rulesFound = new BitSet();
    private long spentBytes = -(long) FREE_FINDINGS * BYTES_A_FINDING;

    /** Of the message's texts that ended, and of the one that is read. */
    private long endedBytes;

    private long place;
    private long omitted;

    /** What is found in messages that follow one another; empty for one that stands alone. */
    private @Nullable RecentFindings recent;

    /** Whether what is known there is not reported again. */
    private boolean isContinued;

    Reporter(Detector detector, Subject subject, Consumer<Finding> sink) {
        this.detector = detector;
        this.subject = subject;
        this.sink = sink;
    }

    /** Takes note there of what is found. */
    void remember(RecentFindings findings) {
        recent = findings;
    }

    /** Reports what is not known there, and takes note of it. */
    void continueFrom(RecentFindings findings) {
        recent = findings;
        isContinued = true;
    }

    /** The text as it came is read up to a place, or further. */
    void reached(long textPlace) {
        place = Math.max(place, textPlace);
    }

    /** That text ended there, and another may follow. */
    void endText(long textPlace) {
        endedBytes += textPlace;
        place = 0;
    }

    /**
     * Whether another finding of a rule is reported; one that is not is counted, unless it was
     * reported before.
     *
     * @param rule its index
     */
    boolean admits(int rule, byte[] match) {
        if (recent != null) {
            if (isContinued && recent.holds(rule, match)) {
                return false;
            }
            recent.add(rule, match);
        }
        return admits(rule);
    }

    /**
     * Whether another finding of a rule is reported; one that is not is counted.
     *
     * @param rule its index
     */
    boolean admits(int rule) {
        if (!rulesFound.get(rule)) {
            rulesFound.set(rule);
            return true;
        }
        if (endedBytes + place - spentBytes < BYTES_A_FINDING) {
            omitted++;
            return false;
        }
        spentBytes += BYTES_A_FINDING;
        return true;
    }

    /** Findings that were not reported. */
    long omitted() {
        return omitted;
    }

    /** Findings so far. */
    long count() {
        return count;
    }

    /**
     * @param offsetBytes as {@link Finding#offsetBytes}
     */
    void report(Rule rule, Severity severity, String snippet, long offsetBytes, List<String> via) {
        count++;
        sink.accept(
                new Finding(
                        shownSubject(),
                        rule.type(),
                        rule.id(),
                        severity,
                        snippet,
                        offsetBytes,
                        via));
    }

    /** The subject with the secrets in its texts masked; made at the first finding. */
    private Subject shownSubject() {
        if (shownSubject == null) {
            // Whatever a peer chose may hold a secret: a host to look up, a method too.
            shownSubject =
                    new Subject(
                            subject.direction(),
                            subject.protocol(),
                            subject.source(),
                            detector.masked(subject.dest()),
                            detector.masked(subject.method()),
                            detector.masked(subject.url()));
        }
        return shownSubject;
    }
}
