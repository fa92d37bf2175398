package clawsec.detect;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Scanners for messages of one direction that wait for the next one. Safe for many threads. */
final class ScannerPool {
    /**
     * The most that are kept. A short message has its scanner for microseconds, so that few are in
     * use at once where many messages are under way.
     */
    static final int MAX_KEPT = 8;

    private final Detector detector;
    private final AtomicReferenceArray<@Nullable Scanner> kept =
            new AtomicReferenceArray<>(MAX_KEPT);

    ScannerPool(Detector detector) {
        this.detector = detector;
    }

    /** A scanner for one message, in nobody else's use. */
    Scanner take(Subject subject, Consumer<Finding> sink) {
        for (int i = 0; i < MAX_KEPT; i++) {
            if (kept.get(i) != null) {
                Scanner scanner = kept.getAndSet(i, null);
                if (scanner != null) {
                    scanner.begin(subject, sink);
                    return scanner;
                }
            }
        }
        return new Scanner(detector, subject, sink);
    }

    /** Takes back a scanner whose texts have ended. */
    void give(Scanner scanner) {
        scanner.recycle();
        for (int i = 0; i < MAX_KEPT; i++) {
            if (kept.get(i) == null && kept.compareAndSet(i, null, scanner)) {
                return;
            }
        }
    }
}
