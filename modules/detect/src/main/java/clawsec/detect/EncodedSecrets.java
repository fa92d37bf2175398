package clawsec.detect;

import clawsec.detect.decode.Escape;
import clawsec.detect.decode.History;
import clawsec.detect.decode.Notation;
import clawsec.detect.decode.PairReader;
import clawsec.detect.decode.RunReader;
import clawsec.detect.decode.RunSink;
import clawsec.detect.decode.Unescaper;
import clawsec.detect.decode.WideReader;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds what of a short text must not be shown because it can be decoded to a secret. Used for what
 * is about to be shown, so it may be slow. Reused, confined to one thread at a time.
 */
final class EncodedSecrets implements Unescaper.Sink {
    private static final int FIRST_BYTES = 256;

    /** What an escape sequence begins with, and the most bytes of one of a character. */
    private static final String ESCAPE_SIGNS = "%\\&=";

    private static final int ESCAPE_BYTES = 10;

    /** Characters at the end that may not be decoded for want of others. */
    private static final int UNDECODED_CHARACTERS = 4;

    /** Characters of an encoded secret that stay readable, where less than that is shown anyway. */
    private static final int SHOWN_CHARACTERS = 4;

    private final Detector detector;
    private final int depth;
    private final SecretScan secrets;
    private final History history = new History();
    private final Unescaper unescaper = Unescaper.ofShortText(this, true);
    private final Unescaper strictUnescaper = Unescaper.ofShortText(this, false);
    private final RunReader runReader = new RunReader(new Run());
    private final PairReader pairReader = new PairReader(new Run());
    private final WideReader wideReader = new WideReader(new Run());
    private @Nullable EncodedSecrets inner;
    private List<Mask.Span> found = new ArrayList<>();

    private byte[] decoded = new byte[FIRST_BYTES];

    /** By decoded byte, where in the text what it is made from begins. */
    private int[] madeFrom = new int[FIRST_BYTES];

    /** By decoded byte, where that ends. */
    private int[] madeTo = new int[FIRST_BYTES];

    private int decodedBytes;

    /** Whether a stretch begins within a word, which may be the rest of a secret. */
    private boolean isWordCut;

    private byte[] text = new byte[0];
    private int textBytes;

    EncodedSecrets(Detector detector) {
        this(detector, 1);
    }

    private EncodedSecrets(Detector detector, int depth) {
        this.detector = detector;
        this.depth = depth;
        this.secrets = new SecretScan(detector);
    }

    /**
     * What is to be hidden, as indexes of the text, in no order.
     *
     * @param whole not longer than a snippet and what is kept around it, or a URL
     */
    List<Mask.Span> spans(byte[] whole) {
        found = new ArrayList<>();
        if (depth > detector.config().decodeLimits().depth()) {
            return found;
        }
        text = whole;
        read(whole.length);
        int cut = cutEscape(whole);
        if (cut < whole.length) {
            read(cut);
        }
        return found;
    }

    private void read(int length) {
        textBytes = length;
        ByteBuffer in = ByteBuffer.wrap(text, 0, length);
        while (in.hasRemaining()) {
            history.add(in);
            unescaper.read(history, false);
            runReader.read(history, false, false);
            pairReader.read(history, false, false);
            wideReader.read(history, false);
        }
        unescaper.read(history, true);
        runReader.read(history, true, true);
        pairReader.read(history, true, true);
        wideReader.read(history, true);
        history.reset();
        if (holdsQuotedPrintable(length)) {
            readStrictly(length);
        }
    }

    private boolean holdsQuotedPrintable(int length) {
        for (int i = 0; i + 2 < length; i++) {
            if (text[i] == '='
                    && Character.digit(text[i + 1], 16) >= 0
                    && Character.digit(text[i + 2], 16) >= 0) {
                return true;
            }
        }
        return false;
    }

    /** Once more, since what looks like quoted-printable may be something else. */
    private void readStrictly(int length) {
        ByteBuffer in = ByteBuffer.wrap(text, 0, length);
        while (in.hasRemaining()) {
            history.add(in);
            strictUnescaper.read(history, false);
        }
        strictUnescaper.read(history, true);
        history.reset();
    }

    /** Where an escape sequence begins that the end of a text may have cut; else its end. */
    private static int cutEscape(byte[] text) {
        for (int i = text.length - 1; i >= Math.max(0, text.length - ESCAPE_BYTES); i--) {
            if (ESCAPE_SIGNS.indexOf(text[i]) >= 0) {
                return i;
            }
        }
        return text.length;
    }

    @Override
    public void beginStretch(boolean isCut) {
        decodedBytes = 0;
        isWordCut = isCut;
    }

    @Override
    public void copied(byte[] text, int from, int to) {
        int place = (int) history.place(from);
        for (int i = from; i < to; i++) {
            add(text[i], place, ++place);
        }
    }

    @Override
    public void unescaped(Escape escape, long from, long to, boolean isGlued) {
        for (int i = 0; i < escape.count(); i++) {
            add(escape.bytes()[i], (int) from, (int) to);
        }
    }

    /** A secret that goes on where the stretch ends goes on as far as what looks like one does. */
    @Override
    public void endStretch() {
        byte[] stretch = Arrays.copyOf(decoded, decodedBytes);
        List<Mask.Span> hidden = within(stretch, true);
        if (isWordCut) {
            hidden.add(
                    new Mask.Span(0, CompiledRule.PACKED_TAIL.longestAt(stretch, 0, decodedBytes)));
        }
        for (Mask.Span span : hidden) {
            if (span.from() < span.to()) {
                int to = madeTo[(int) span.to() - 1];
                boolean isCut = span.to() == decodedBytes;
                to = isCut ? to + CutRun.wordEnd(Arrays.copyOfRange(text, to, textBytes)) : to;
                found.add(new Mask.Span(madeFrom[(int) span.from()], to));
            }
        }
    }

    /**
     * @param isLast whether it may go on, so that a secret may be incomplete
     */
    private List<Mask.Span> within(byte[] text, boolean isLast) {
        List<Mask.Span> spans =
                new ArrayList<>(isLast ? secrets.spans(text) : secrets.wholeSpans(text));
        if (inner == null) {
            inner = new EncodedSecrets(detector, depth + 1);
        }
        spans.addAll(inner.spans(text));
        return spans;
    }

    private void add(byte value, int from, int to) {
        if (decodedBytes == decoded.length) {
            decoded = Arrays.copyOf(decoded, 2 * decodedBytes);
            madeFrom = Arrays.copyOf(madeFrom, 2 * decodedBytes);
            madeTo = Arrays.copyOf(madeTo, 2 * decodedBytes);
        }
        decoded[decodedBytes] = value;
        madeFrom[decodedBytes] = from;
        madeTo[decodedBytes++] = to;
    }

    /** What a run of characters stands for. */
    private final class Run implements RunSink {
        private byte[] bytes = new byte[FIRST_BYTES];
        private int count;
        private long start;
        private long end;

        @Override
        public void beginRun(Notation notation, long place) {
            start = place;
            end = place;
            count = 0;
        }

        @Override
        public void decoded(byte[] piece, int more, long from, long to) {
            if (count + more > bytes.length) {
                bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, count + more));
            }
            System.arraycopy(piece, 0, bytes, count, more);
            count += more;
            end = to;
        }

        @Override
        public void lineEnded() {
            hide();
        }

        @Override
        public void endRun() {
            hide();
        }

        /** Hides from where the first secret begins: nobody reads the rest anyway. */
        private void hide() {
            byte[] text = Arrays.copyOf(bytes, count);
            boolean isLast = end + UNDECODED_CHARACTERS >= textBytes;
            long first = Long.MAX_VALUE;
            if (RunReader.isPacked(text)) {
                first = SHOWN_CHARACTERS;
            }
            for (Mask.Span span : within(text, isLast)) {
                first = span.from() < span.to() ? Math.min(first, span.from()) : first;
            }
            if (first < count) {
                long from = start + first * (end - start) / count;
                found.add(new Mask.Span(from, isLast ? textBytes : end));
            }
        }
    }
}
