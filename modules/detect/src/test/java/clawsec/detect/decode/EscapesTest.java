package clawsec.detect.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;

import clawsec.testkit.Splits;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Escape sequences, and what is none of them. */
class EscapesTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "%41%62|Ab",
                "%4|",
                "100%|",
                "%zz|",
                "%u0041|A",
                "a\\\"b|a\"b",
                "\\u00e4|ä",
                "\\ud83d\\ude00|😀",
                "\\ud83dx|\uFFFDx",
                "\\u{1F600}|😀",
                "\\u{110000}|\uFFFD",
                "\\u{}|",
                "\\u12|",
                "\\x41|A",
                "\\q|",
                "\\101|A",
                "\\0101|A",
                "x\\0331|x\u001b1",
                "\\401|",
                "\\18|",
                "&lt;&amp;&#65;&#x41;|<&AA",
                "&#65-|A-",
                "&#99999999;|\uFFFD",
                "&unknown;|",
                "a & b|",
                "a&b=c|",
                "=3D|=",
                "=41=42|AB",
                "x=20;|",
                "a word=20more|a word more",
                "?a=20more|",
                "&a[b]=2Fmore|",
                "; sid=00Dab|",
                "sid=00Dab|",
                "sid=00=41b|sid\u0000Ab",
                "H=00e=00y|H\u0000e\u0000y",
                "=4a=4b|",
                "Ａ|A",
                "日本語，中文|",
                "русский текст|",
                "naïve|"
            })
    void sequence_isReadAsItSays(String text, String expected) {
        assertEquals(expected == null ? "" : expected, unescaped(text));
    }

    @Test
    void sequence_cutAnywhere_isReadTheSame() {
        String text = "a\\ud83d\\ude00b%41&#x41;=3D\\x41\\u{41}=\r\nр\u200ba\u0301 &lt;ｃ%4";
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        String whole = unescaped(text);
        Splits.of(bytes)
                .forEach(pieces -> {
                    Stretches stretches = new Stretches();
                    Unescaper unescaper = new Unescaper(stretches);
                    History history = new History();
                    for (ByteBuffer piece : pieces) {
                        while (piece.hasRemaining()) {
                            history.add(piece);
                            unescaper.read(history, false);
                        }
                    }
                    unescaper.read(history, true);
                    assertEquals(whole, stretches.text());
                });
    }

    @Test
    void stretch_beginsAndEndsNearItsSequences() {
        String far = " x".repeat(Unescaper.LOOK_BACK_BYTES);
        String read = unescaped(far + "%41" + far + "%42");
        String near = far.substring(far.length() - Unescaper.LOOK_BACK_BYTES);
        assertEquals(
                near + "A" + far.substring(0, Unescaper.FOLLOW_BYTES) + "|" + near + "B", read);
    }

    @Test
    void stretch_thatWouldBeginInAWord_beginsBehindIt() {
        String word = "w".repeat(Unescaper.LOOK_BACK_BYTES - 10);
        assertEquals("    A", unescaped(word + word + "    %41"));
        assertEquals("w".repeat(Unescaper.LOOK_BACK_BYTES) + "A", unescaped(word + word + "%41"));
    }

    private static String unescaped(String text) {
        Stretches stretches = new Stretches();
        Unescaper unescaper = new Unescaper(stretches);
        History history = new History();
        history.add(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
        unescaper.read(history, true);
        return stretches.text();
    }

    private static final class Stretches implements Unescaper.Sink {
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();

        String text() {
            return out.toString(StandardCharsets.UTF_8);
        }

        @Override
        public void beginStretch(boolean isCut) {
            if (out.size() > 0) {
                out.write('|');
            }
        }

        @Override
        public void copied(byte[] text, int from, int to) {
            out.write(text, from, to - from);
        }

        @Override
        public void unescaped(Escape escape, long from, long to, boolean isGlued) {
            out.write(escape.bytes(), 0, escape.count());
        }

        @Override
        public void endStretch() {}
    }
}
