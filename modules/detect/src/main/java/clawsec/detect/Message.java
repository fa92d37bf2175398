package clawsec.detect;

import clawsec.detect.decode.FurtherLook;
import clawsec.detect.engine.Sieve;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What the texts of a message share, of one message after another. Confined to its scan. */
final class Message {
    private final Detector detector;
    private final DecodeBudget budget;
    private Subject subject;
    private Reporter reporter;
    private @Nullable List<Mask.Span> urlSecrets;
    private @Nullable EncodedSecrets encodedSecrets;
    private @Nullable SecretScan secrets;
    private @Nullable Sieve sieve;
    private @Nullable FurtherLook furtherLook;
    private @Nullable FirstLook firstLook;

    Message(Detector detector, Subject subject, Consumer<Finding> sink) {
        this.detector = detector;
        this.subject = subject;
        this.reporter = new Reporter(detector, subject, sink);
        this.budget = new DecodeBudget(detector.config().decodeLimits());
    }

    /** Another message comes next, in the same direction. */
    void begin(Subject next, Consumer<Finding> sink) {
        subject = next;
        urlSecrets = null;
        reporter = new Reporter(detector, next, sink);
        budget.reset();
    }

    Detector detector() {
        return detector;
    }

    Subject subject() {
        return subject;
    }

    Reporter reporter() {
        return reporter;
    }

    /** What decoding may still cost. */
    DecodeBudget budget() {
        return budget;
    }

    /** Tells of short texts whether a rule that is reported may match; made when first needed. */
    Sieve sieve() {
        if (sieve == null) {
            boolean[] reported = detector.isReported(subject.direction());
            boolean[] wanted = Arrays.copyOf(reported, detector.patterns().size());
            sieve = new Sieve(detector.patterns(), wanted);
        }
        return sieve;
    }

    /** Tells of such texts whether they may decode further; made when first needed. */
    FurtherLook furtherLook() {
        if (furtherLook == null) {
            furtherLook = new FurtherLook();
        }
        return furtherLook;
    }

    /** Tells of whole texts whether there may be something in them; made when first needed. */
    FirstLook firstLook() {
        if (firstLook == null) {
            firstLook = new FirstLook(sieve(), furtherLook());
        }
        return firstLook;
    }

    /** The URL in UTF-8. */
    byte[] url() {
        return subject.url().getBytes(StandardCharsets.UTF_8);
    }

    /** What is to be hidden of {@link #url}; looked for at the first finding. */
    List<Mask.Span> urlSecrets() {
        if (urlSecrets == null) {
            urlSecrets = TextMask.spans(url(), detector);
        }
        return urlSecrets;
    }

    /** Finds what a snippet must not show; made at the first finding. */
    EncodedSecrets encodedSecrets() {
        if (encodedSecrets == null) {
            encodedSecrets = new EncodedSecrets(detector);
        }
        return encodedSecrets;
    }

    /** Finds the secrets of a short text beside the message's; made at the first finding. */
    SecretScan secrets() {
        if (secrets == null) {
            secrets = new SecretScan(detector);
        }
        return secrets;
    }
}
