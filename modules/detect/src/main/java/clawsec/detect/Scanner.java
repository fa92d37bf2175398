package clawsec.detect;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What scans one message after another, each on its own: the layers of texts and what the texts of
 * a message share. Making it costs more than scanning a short message does. Confined to one scan at
 * a time.
 */
final class Scanner {
    private final Message message;
    private final Layer text;
    private final JoinedParts joinedParts;

    /** Of most messages nothing is. */
    private @Nullable JoinedTexts joinedTexts;

    /** For messages of that subject's direction, of which the first is this. */
    Scanner(Detector detector, Subject subject, Consumer<Finding> sink) {
        this.message = new Message(detector, subject, sink);
        this.text = Layer.outermost(message);
        this.joinedParts = new JoinedParts(text, message);
    }

    /** Another message comes next, in the same direction. */
    void begin(Subject subject, Consumer<Finding> sink) {
        message.begin(subject, sink);
    }

    Message message() {
        return message;
    }

    /** The message's texts as they come. */
    Layer text() {
        return text;
    }

    /** For the parts of a request's target. */
    JoinedParts joinedParts() {
        return joinedParts;
    }

    /** For the texts that a stream of events brings in pieces; made when first needed. */
    JoinedTexts joinedTexts() {
        if (joinedTexts == null) {
            joinedTexts = new JoinedTexts(text, message);
        }
        return joinedTexts;
    }

    /** As {@link MessageScan#isPending}. */
    boolean isPending() {
        return text.isPending() || (joinedTexts != null && joinedTexts.isPending());
    }

    /** As {@link MessageScan#flush}. */
    void flush() {
        text.flush();
        if (joinedTexts != null) {
            joinedTexts.flush();
        }
    }

    /** The message's texts as they come, and those joined of them, ended. */
    void end() {
        text.end();
        if (joinedTexts != null) {
            joinedTexts.end();
        }
    }

    /**
     * Frees native memory and most of what an unusual message made it grow by. Every text has
     * ended.
     */
    void recycle() {
        text.recycle(true);
        joinedParts.recycle();
        if (joinedTexts != null) {
            joinedTexts.recycle();
        }
    }
}
