package clawsec.detect;

import clawsec.detect.decode.Notation;
import clawsec.detect.decode.Via;
import clawsec.detect.engine.Pattern;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The messages of one direction as one text, of which only what spans a cut between two of them
 * counts; the rest was found in them. Its scanner is held while messages come; then it is given
 * back, and what a match may begin with is kept to read it again. Confined to its scan.
 *
 * <pre>{@code
 * message │ message │ message ─► Layer ─► novel at │ ─► not in RecentFindings ─► Finding
 *                        └─► the last bytes, kept
 * }</pre>
 */
final class JoinedMessages {
    /** What is kept of messages that have passed: the longest match. */
    static final int KEPT_BYTES = Pattern.MAX_MATCH_BYTES;

    /** Text that is read again begins at a multiple of it, as the groups of base64 do. */
    private static final int GROUP_BYTES = 4;

    private static final int FIRST_BYTES = 256;

    private final Detector detector;
    private final Subject subject;
    private final Consumer<Finding> sink;
    private final RecentFindings recent;
    private final Via across = Via.none().then(Notation.MESSAGES);
    private @Nullable Scanner scanner;
    private List<String> codings = List.of();
    private byte[] kept = {};
    private int keptBytes;

    /** Of the kept bytes' first, and of the text's, counted from the direction's first. */
    private long keptStart;

    private long textStart;

    /** Where the last cut is, counted likewise, unless nothing is known of what is before it. */
    private long cut = -1;

    /** Whether the text does not know of it. */
    private boolean isCutDue;

    /** Whether anything was read since the last flush. */
    private boolean isBusy;

    /** While bytes are read; a bug found there leaves it so. */
    private boolean isReading;

    /** Of the scanners that were given back. */
    private long cuts;

    private long omitted;

    JoinedMessages(
            Detector detector, Subject subject, Consumer<Finding> sink, RecentFindings recent) {
        this.detector = detector;
        this.subject = subject;
        this.sink = sink;
        this.recent = recent;
    }

    /** Another message begins. */
    void begin(List<String> messageCodings) {
        codings = messageCodings;
        isCutDue = keptBytes > 0;
        cut = isCutDue ? keptStart + keptBytes : -1;
    }

    /** The last byte of what was read, if it is known. */
    int lastByte() {
        return keptBytes == 0 ? -1 : kept[keptBytes - 1] & 0xff;
    }

    /** Reads the next piece of the message; consumed, not kept but for its end. */
    void read(ByteBuffer piece) {
        Layer text = scanner().text();
        isReading = true;
        isBusy = true;
        if (isCutDue) {
            addCut(text);
        }
        scanner().message().budget().earn(piece.remaining());
        keep(piece);
        text.read(piece);
        isReading = false;
    }

    /** The message ended: what is found by now is reported, though its rest may come yet. */
    void endMessage() {
        if (scanner != null && scanner.text().isPending()) {
            isReading = true;
            scanner.text().flush();
            isReading = false;
        }
    }

    /** What comes next does not adjoin what was read. */
    void breakOff() {
        giveBack();
        keptStart += keptBytes;
        keptBytes = 0;
        cut = -1;
        isCutDue = false;
    }

    boolean isPending() {
        return scanner != null;
    }

    /** Reports what waits, and gives memory back if nothing came since the last time. */
    void flush() {
        endMessage();
        if (!isBusy) {
            giveBack();
        }
        isBusy = false;
    }

    /** As {@link ScanTally#undecodedStretches}. */
    long cuts() {
        return cuts + (scanner == null ? 0 : scanner.message().budget().cuts());
    }

    /** As {@link ScanTally#omittedFindings}. */
    long omitted() {
        return omitted + (scanner == null ? 0 : scanner.message().reporter().omitted());
    }

    void close() {
        if (isReading && scanner != null) {
            // A bug ended the reading halfway: what state it left must not meet other messages.
            scanner.recycle();
            scanner = null;
        }
        giveBack();
        kept = new byte[0];
        keptBytes = 0;
    }

    private Scanner scanner() {
        if (scanner == null) {
            scanner = detector.scanners(subject.direction()).take(subject, this::report);
            scanner.message().reporter().continueFrom(recent);
            Layer text = scanner.text();
            text.begin(false, () -> codings, 0);
            text.novelty().reset();
            textStart = keptStart;
            if (cut > textStart) {
                addCut(text);
            }
            isReading = true;
            text.read(ByteBuffer.wrap(kept, 0, keptBytes));
            isReading = false;
        }
        return scanner;
    }

    private void addCut(Layer text) {
        long place = cut - textStart;
        text.novelty().add(place, 0, false, across, 0, 0, place);
        isCutDue = false;
    }

    private void giveBack() {
        if (scanner != null) {
            isReading = true;
            scanner.text().end();
            isReading = false;
            cuts = cuts();
            omitted = omitted();
            Scanner used = scanner;
            scanner = null;
            detector.scanners(subject.direction()).give(used);
        }
    }

    private void report(Finding found) {
        sink.accept(
                new Finding(
                        found.subject(),
                        found.type(),
                        found.pattern(),
                        found.severity(),
                        found.snippet(),
                        textStart + found.offsetBytes(),
                        found.via()));
    }

    private void keep(ByteBuffer piece) {
        long pieceStart = keptStart + keptBytes;
        long earliest = pieceStart + piece.remaining() - KEPT_BYTES;
        long start = Math.max(keptStart, (earliest + GROUP_BYTES - 1) & -GROUP_BYTES);
        int dropped = (int) Math.min(keptBytes, start - keptStart);
        int skipped = (int) Math.max(0, start - pieceStart);
        int added = piece.remaining() - skipped;
        keptBytes -= dropped;
        System.arraycopy(kept, dropped, kept, 0, keptBytes);
        if (keptBytes + added > kept.length) {
            int size = Math.clamp(2L * (keptBytes + added), FIRST_BYTES, KEPT_BYTES);
            kept = Arrays.copyOf(kept, size);
        }
        piece.get(piece.position() + skipped, kept, keptBytes, added);
        keptBytes += added;
        keptStart = start;
    }
}
