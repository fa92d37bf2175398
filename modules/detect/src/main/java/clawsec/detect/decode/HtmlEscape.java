package clawsec.detect.decode;

import java.util.Arrays;
import java.util.Map;

/** Character references of HTML: by number, and those by name that stand for ASCII. */
final class HtmlEscape {
    private static final int LONGEST_NAME = 7;

    private static final Map<String, Character> NAMES =
            Map.ofEntries(
                    Map.entry("amp", '&'),
                    Map.entry("apos", '\''),
                    Map.entry("ast", '*'),
                    Map.entry("bsol", '\\'),
                    Map.entry("colon", ':'),
                    Map.entry("comma", ','),
                    Map.entry("commat", '@'),
                    Map.entry("dash", '-'),
                    Map.entry("dollar", '$'),
                    Map.entry("equals", '='),
                    Map.entry("excl", '!'),
                    Map.entry("grave", '`'),
                    Map.entry("gt", '>'),
                    Map.entry("Hat", '^'),
                    Map.entry("hyphen", '-'),
                    Map.entry("lbrace", '{'),
                    Map.entry("lbrack", '['),
                    Map.entry("lcub", '{'),
                    Map.entry("lowbar", '_'),
                    Map.entry("lpar", '('),
                    Map.entry("lsqb", '['),
                    Map.entry("lt", '<'),
                    Map.entry("nbsp", ' '),
                    Map.entry("NewLine", '\n'),
                    Map.entry("num", '#'),
                    Map.entry("percnt", '%'),
                    Map.entry("period", '.'),
                    Map.entry("plus", '+'),
                    Map.entry("quest", '?'),
                    Map.entry("quot", '"'),
                    Map.entry("rbrace", '}'),
                    Map.entry("rbrack", ']'),
                    Map.entry("rcub", '}'),
                    Map.entry("rpar", ')'),
                    Map.entry("rsqb", ']'),
                    Map.entry("semi", ';'),
                    Map.entry("sol", '/'),
                    Map.entry("Tab", '\t'),
                    Map.entry("verbar", '|'),
                    Map.entry("vert", '|'));

    /** The names, each as a number of which a byte is a letter, in ascending order. */
    private static final long[] KEYS =
            NAMES.keySet().stream().mapToLong(HtmlEscape::key).sorted().toArray();

    private static final char[] MEANINGS = new char[KEYS.length];

    static {
        NAMES.forEach((name, meaning) -> MEANINGS[Arrays.binarySearch(KEYS, key(name))] = meaning);
    }

    private HtmlEscape() {}

    private static long key(String name) {
        return name.chars().asLongStream().reduce(0, (key, letter) -> (key << 8) | letter);
    }

    static int read(byte[] text, int at, int to, Escape out) {
        if (to - at < 2) {
            return Escape.UNDECIDED;
        }
        return text[at + 1] == '#' ? number(text, at, to, out) : name(text, at, to, out);
    }

    private static int number(byte[] text, int at, int to, Escape out) {
        boolean isHex = to - at > 2 && (text[at + 2] | 0x20) == 'x';
        int first = at + (isHex ? 3 : 2);
        int value = 0;
        for (int i = first; i < at + Escapes.MAX_BYTES; i++) {
            if (i >= to) {
                return Escape.UNDECIDED;
            }
            int digit = Escapes.digit(text[i]);
            if (digit < 0 || (!isHex && digit > 9)) {
                if (i == first) {
                    return Escape.NONE;
                }
                out.start(Notation.HTML);
                out.addCharacter(value);
                return i - at + (text[i] == ';' ? 1 : 0);
            }
            value = Math.min(value * (isHex ? 16 : 10) + digit, Character.MAX_CODE_POINT + 1);
        }
        return Escape.NONE;
    }

    private static int name(byte[] text, int at, int to, Escape out) {
        int end = at + 1;
        while (end < to && end <= at + LONGEST_NAME && Alphabet.isLetter(text[end])) {
            end++;
        }
        if (end == to) {
            return Escape.UNDECIDED;
        }
        if (end == at + 1 || text[end] != ';') {
            return Escape.NONE;
        }
        long key = 0;
        for (int i = at + 1; i < end; i++) {
            key = (key << 8) | text[i];
        }
        int index = Arrays.binarySearch(KEYS, key);
        if (index < 0) {
            return Escape.NONE;
        }
        out.start(Notation.HTML);
        out.add(MEANINGS[index]);
        return end + 1 - at;
    }
}
