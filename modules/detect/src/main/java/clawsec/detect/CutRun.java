package clawsec.detect;

import clawsec.detect.expression.ByteSet;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What a text begins with that may be the rest of an encoded secret: a run of the characters that
 * encodings write, with their escape sequences, over lines if they are long ones, or hexadecimal
 * digits with anything usual between them. Where it has spaces, however they are written, short
 * words are none.
 */
final class CutRun {
    private static final ByteSet PLAIN =
            of("-+/.~%\0").or(ByteSet.WORD).or(ByteSet.range(0x80, 0xff));

    private static final ByteSet PAIRS = of("0123456789abcdefABCDEFxX,:;-_.|/ \t\r\n\"'");

    private static final ByteSet QUOTES = of("\"'`");

    /** Shorter lines of a text are its own. */
    private static final int LEAST_LINE_BYTES = 40;

    private static final int MOST_INDENT = 16;
    private static final int MOST_ENTITY_BYTES = 10;

    /** Fewer characters between two spaces are a word. */
    private static final int LEAST_CHARACTERS = 10;

    private final byte[] text;

    /** Words, and what is longer. */
    private final List<Mask.Span> words = new ArrayList<>();

    /** How many characters each has, however they are written. */
    private final List<Integer> sizes = new ArrayList<>();

    private CutRun(byte[] text) {
        this.text = text;
    }

    /**
     * What is to be hidden of a run that is long enough, as indexes of the text.
     *
     * @param text which goes on to the left
     * @param shown the index after which the run has to end
     */
    static List<Mask.Span> spans(byte[] text, int shown) {
        int pairs = pairsEnd(text);
        if (pairs > shown) {
            return List.of(new Mask.Span(0, pairs));
        }
        CutRun run = new CutRun(text);
        if (run.end() <= shown) {
            return List.of();
        }
        List<Mask.Span> hidden = new ArrayList<>();
        for (int i = 0; i < run.words.size(); i++) {
            if (run.sizes.get(i) >= LEAST_CHARACTERS) {
                hidden.add(run.words.get(i));
            }
        }
        return hidden;
    }

    /** Where the first word of the run ends, as an index of the text; 0 when there is none. */
    static int wordEnd(byte[] text) {
        CutRun run = new CutRun(text);
        run.end();
        int end = run.words.isEmpty() ? 0 : (int) run.words.getFirst().to();
        return Math.max(pairsEnd(text), end);
    }

    private static int pairsEnd(byte[] text) {
        int end = 0;
        while (end < text.length && isIn(PAIRS, text[end])) {
            end++;
        }
        return end;
    }

    private int end() {
        int line = 0;
        int at = cutEscapeEnd();
        int word = 0;
        int characters = 0;
        while (true) {
            for (int length = length(at); length > 0; length = length(at)) {
                if (isSpace(at, length)) {
                    add(word, at, characters);
                    word = at + length;
                    characters = -1;
                }
                characters++;
                at += length;
            }
            // Of the first line the beginning is not there.
            int next = line == 0 || at - line >= LEAST_LINE_BYTES ? nextLine(at) : at;
            if (next == at) {
                add(word, at, characters);
                return at;
            }
            line = next;
            at = next;
        }
    }

    private void add(int from, int to, int characters) {
        words.add(new Mask.Span(from, to));
        sizes.add(characters);
    }

    /** Where an escape sequence ends of which the text may have only the rest; 0 for none. */
    private int cutEscapeEnd() {
        int most = Math.min(text.length, MOST_ENTITY_BYTES);
        for (int i = 0; i < most; i++) {
            if (text[i] == ';' || text[i] == '}') {
                return i + 1;
            }
            if (text[i] != '#' && text[i] != '{' && !isIn(ByteSet.WORD, text[i])) {
                return 0;
            }
        }
        return 0;
    }

    /** The length of a character of the run, as it is written; 0 where the run ends. */
    private int length(int at) {
        if (at == text.length) {
            return 0;
        }
        return switch (text[at]) {
            case '%' -> 1 + hexDigits(at + 1, 2);
            case '\\' -> backslash(at);
            case '&' -> entity(at);
            case '=' -> equalsSign(at);
            default -> isIn(PLAIN, text[at]) ? 1 : 0;
        };
    }

    private int backslash(int at) {
        if (at + 1 == text.length) {
            return 1;
        }
        if (isIn(QUOTES, text[at + 1])) {
            return 0;
        }
        if (at + 2 < text.length && text[at + 2] == '{') {
            int end = at + 3 + hexDigits(at + 3, MOST_ENTITY_BYTES);
            return Math.min(text.length, end + 1) - at;
        }
        return switch (text[at + 1]) {
            case 'u' -> 2 + hexDigits(at + 2, 4);
            case 'x' -> 2 + hexDigits(at + 2, 2);
            default -> 2;
        };
    }

    private int entity(int at) {
        int end = Math.min(text.length, at + MOST_ENTITY_BYTES);
        for (int i = at + 1; i < end; i++) {
            if (text[i] == ';') {
                return i + 1 - at;
            }
            if (text[i] != '#' && !isIn(ByteSet.WORD, text[i])) {
                return 0;
            }
        }
        return end == text.length ? end - at : 0;
    }

    /** One of quoted-printable, or at the end of base64. */
    private int equalsSign(int at) {
        if (hexDigits(at + 1, 2) == 2) {
            return 3;
        }
        boolean isAtEnd = at + 1 == text.length || text[at + 1] <= ' ' || text[at + 1] == '=';
        return isAtEnd ? 1 : 0;
    }

    /** How many stand at an index, up to so many. */
    private int hexDigits(int at, int most) {
        int count = 0;
        while (count < most
                && at + count < text.length
                && Character.digit(text[at + count], 16) >= 0) {
            count++;
        }
        return count;
    }

    private boolean isSpace(int at, int length) {
        if (length == 1) {
            return text[at] == '+';
        }
        String written = new String(text, at, length, StandardCharsets.ISO_8859_1);
        return written.endsWith("20") || written.equals("&#32;") || written.equals("&#x20;");
    }

    /** Where the next line goes on with the run; the same index if it does not. */
    private int nextLine(int at) {
        int next = at;
        if (next < text.length && text[next] == '\r') {
            next++;
        }
        if (next == text.length || text[next] != '\n') {
            return at;
        }
        next++;
        int indented = next + MOST_INDENT;
        while (next < text.length && next < indented && (text[next] == ' ' || text[next] == '\t')) {
            next++;
        }
        return length(next) > 0 ? next : at;
    }

    private static boolean isIn(ByteSet set, byte character) {
        return set.contains(character & 0xff);
    }

    private static ByteSet of(String characters) {
        ByteSet set = ByteSet.EMPTY;
        for (int i = 0; i < characters.length(); i++) {
            set = set.or(ByteSet.of(characters.charAt(i)));
        }
        return set;
    }
}
