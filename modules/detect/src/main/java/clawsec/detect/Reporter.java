package clawsec.detect;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Hands the findings of one message to its sink. Confined to its scan. */
final class Reporter {
    private final Detector detector;
    private final Subject subject;
    private final Consumer<Finding> sink;
    private @Nullable Subject shownSubject;
    private long count;

    Reporter(Detector detector, Subject subject, Consumer<Finding> sink) {
        this.detector = detector;
        this.subject = subject;
        this.sink = sink;
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
