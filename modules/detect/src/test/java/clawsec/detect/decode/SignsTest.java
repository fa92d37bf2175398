package clawsec.detect.decode;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Signs show everything there is, wherever the text is cut, and however they are looked for. */
class SignsTest {
    private static final List<String> PARTS =
            List.of(
                    "%41",
                    "\\n",
                    "\\x41",
                    "\\u{41}",
                    "&lt;",
                    "&#65;",
                    "=3D",
                    "=\n",
                    "=\r\n",
                    "Ａ",
                    "c''at",
                    "|\\cat ",
                    "c^a",
                    "`echo x`",
                    " {ca,b}",
                    "$IFS",
                    "a=b;$a",
                    "\"key\": ",
                    " 'w'x",
                    "73 6b 2d ",
                    "0x73, ",
                    "736b ",
                    "\n00000010: ",
                    "0a:",
                    "QmFzZTY0",
                    "and ",
                    "é",
                    "\0",
                    "\u001f",
                    "x",
                    "/",
                    "\n",
                    "_",
                    "4",
                    "\\",
                    "%",
                    "&",
                    "=",
                    "$",
                    "{",
                    "'",
                    "\"");

    @Property(tries = 500)
    void mark_withVectors_marksTheSame(@ForAll byte @Size(min = 131, max = 300) [] text) {
        Assumptions.assumeTrue(
                ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent(),
                "vectors need their module");
        int blocks = (text.length - SignSearch.AHEAD_BYTES) / SignSearch.BLOCK_BYTES;
        assertArrayEquals(
                marked(new NarrowSigns(), text, blocks), marked(new WideSigns(), text, blocks));
    }

    private static long[] marked(SignSearch search, byte[] text, int blocks) {
        long[] words = new long[blocks * SignSearch.WORDS + 1];
        search.mark(text, 0, blocks, words, 1);
        return words;
    }

    @Property(tries = 1000)
    void signs_standWhereThereIsSomething(
            @ForAll("texts") byte[] text,
            @ForAll @Size(min = 1, max = 5) List<@IntRange(min = 1, max = 90) Integer> cuts) {
        History history = history(text, cuts);
        Signs signs = history.signs();
        byte[] held = history.bytes();
        int end = history.length();
        for (int at = 0; at < end; at++) {
            if (Escapes.read(held, at, end, false, new Escape()) != Escape.NONE) {
                assertEquals(at, signs.nextEscape(at, end));
            }
            if (at > 0 && ShellSigns.isSign(held, at, end)) {
                assertEquals(at - 1, signs.nextShell(at - 1, end));
            }
            assertEquals(run(held, at, end), signs.nextRun(at, RunReader.MIN_CHARACTERS));
            boolean isMember = Alphabet.isMember(held[at]);
            assertEquals(isMember, signs.runEnd(at, end) > at);
            assertTrue(signs.isBinary(at) || (held[at] != 0 && held[at] != 0x1f));
        }
    }

    private static int run(byte[] text, int from, int end) {
        int members = 0;
        for (int at = from; at < end; at++) {
            members = Alphabet.isMember(text[at]) ? members + 1 : 0;
            if (members == RunReader.MIN_CHARACTERS) {
                return at + 1 - RunReader.MIN_CHARACTERS;
            }
        }
        return end;
    }

    @Property(tries = 500)
    void readers_ofTextCutAnywhere_giveTheSame(
            @ForAll("texts") byte[] text,
            @ForAll @Size(min = 1, max = 5) List<@IntRange(min = 1, max = 200) Integer> cuts) {
        assertEquals(given(text, List.of(text.length + 1)), given(text, cuts));
    }

    @Test
    void isBinary_ofTextWithoutZeros_isFalse() {
        byte[] text = "nothing of that kind".repeat(40).getBytes(StandardCharsets.US_ASCII);
        History history = history(text, List.of(7));
        assertEquals(false, history.isBinary(0));
    }

    private static History history(byte[] text, List<Integer> cuts) {
        History history = new History();
        int at = 0;
        for (int i = 0; at < text.length; i++) {
            int length = Math.min(cuts.get(i % cuts.size()), text.length - at);
            history.add(ByteBuffer.wrap(text, at, length));
            at += length;
        }
        return history;
    }

    /** What the readers make of a text. */
    private static String given(byte[] text, List<Integer> cuts) {
        StringBuilder given = new StringBuilder();
        RunReader runs = new RunReader(new Runs(given));
        StringBuilder ofPairs = new StringBuilder();
        PairReader pairs = new PairReader(new Runs(ofPairs));
        StringBuilder ofLines = new StringBuilder();
        LineReader lines = new LineReader(new Lines(ofLines));
        History history = new History();
        int at = 0;
        for (int i = 0; at < text.length; i++) {
            int length = Math.min(cuts.get(i % cuts.size()), text.length - at);
            ByteBuffer piece = ByteBuffer.wrap(text, at, length);
            while (piece.hasRemaining()) {
                history.add(piece);
                runs.read(history, false, false);
                pairs.read(history, false, false);
                lines.read(history, false, false);
            }
            at += length;
        }
        runs.read(history, true, true);
        pairs.read(history, true, true);
        lines.read(history, false, true);
        return given + "\n" + ofPairs + "\n" + ofLines;
    }

    @Provide
    Arbitrary<byte[]> texts() {
        return Arbitraries.of(PARTS)
                .list()
                .ofMinSize(1)
                .ofMaxSize(400)
                .map(parts -> String.join("", parts).getBytes(StandardCharsets.UTF_8));
    }

    private record Runs(StringBuilder given) implements RunSink {
        @Override
        public void beginRun(Notation notation, long place) {
            given.append(notation).append(place).append(':');
        }

        @Override
        public void decoded(byte[] bytes, int count, long from, long to) {
            given.append(new String(bytes, 0, count, StandardCharsets.ISO_8859_1));
        }

        @Override
        public void lineEnded() {
            given.append('|');
        }

        @Override
        public void endRun() {
            given.append(';');
        }
    }

    private record Lines(StringBuilder given) implements LineReader.Sink {
        @Override
        public boolean mayRead(int bytes) {
            return true;
        }

        @Override
        public void line(byte[] raw, byte[] read, byte[] lead, long from, boolean isCut) {
            given.append(from)
                    .append(isCut)
                    .append(Arrays.hashCode(raw))
                    .append(new String(read, 0, read.length, StandardCharsets.ISO_8859_1))
                    .append(';');
        }
    }
}
