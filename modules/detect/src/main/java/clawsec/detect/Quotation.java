package clawsec.detect;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What the text just around a match looks like: where it is quoted from, and code blocks. */
final class Quotation {
    static final int NONE = -1;

    /** Opening marks, each with what closes it. */
    private static final List<String> PAIRS = List.of("“”", "„“”", "«»", "「」", "『』", "《》");

    /** Marks that open and close alike. */
    private static final List<String> ALIKE = List.of("\"", "\\\"", "`");

    private static final char ESCAPE = '\\';

    /** Of the number of an item. */
    private static final int MOST_DIGITS = 9;

    private static final String TAB = "\t";
    private static final String INDENT = "    ";

    private Quotation() {}

    /**
     * Where a quotation begins that a match is in, though not at its beginning: the index of its
     * opening mark in what stands before the match in the same paragraph.
     *
     * @return {@link #NONE} where there is no such mark, or nothing closes it in the paragraph
     */
    static int opening(String before, String after) {
        String lead = paragraphEnd(before);
        String rest = paragraphStart(after);
        int skipped = before.length() - lead.length();
        int found = NONE;
        for (String pair : PAIRS) {
            int at = lead.lastIndexOf(pair.charAt(0));
            boolean isOpen =
                    at >= 0 && closers(pair).allMatch(mark -> lead.indexOf(mark, at + 1) < 0);
            if (isOpen && closers(pair).anyMatch(rest::contains)) {
                found = Math.max(found, at + skipped);
            }
        }
        for (String mark : ALIKE) {
            List<Integer> places = places(lead, mark);
            boolean isOpen = places.size() % 2 == 1 && isProse(lead, places.getLast());
            if (isOpen && !places(rest, mark).isEmpty()) {
                found = Math.max(found, places.getLast() + skipped);
            }
        }
        return found;
    }

    private static Stream<String> closers(String pair) {
        return pair.substring(1).chars().mapToObj(Character::toString);
    }

    /** Where a mark stands; one behind a backslash is another mark. */
    private static List<Integer> places(String text, String mark) {
        List<Integer> places = new ArrayList<>();
        for (int at = text.indexOf(mark); at >= 0; at = text.indexOf(mark, at + 1)) {
            if (at == 0 || text.charAt(at - 1) != ESCAPE) {
                places.add(at);
            }
        }
        return places;
    }

    /** A string of JSON or of a program is no quotation, nor is a mark that closes a word. */
    private static boolean isProse(String lead, int at) {
        String word = lead.substring(0, at);
        return (word.endsWith(" ") || word.endsWith("(") || word.endsWith("\n"))
                && word.length() > 1
                && ":,=[{(".indexOf(word.charAt(word.length() - 2)) < 0;
    }

    /**
     * Whether a match stands in a block of Markdown that is code for its indentation alone: lines
     * that begin with four spaces or a tab, behind an empty line, which is behind one that is not
     * indented and is no item of a list, of which the block would be a part.
     */
    static boolean isIndentedCode(String before) {
        String[] lines = lines(before).split("\n", -1);
        int line = lines.length - 1;
        if (!isIndented(lines[line])) {
            return false;
        }
        while (line > 0 && isIndented(lines[line - 1]) && !lines[line - 1].isBlank()) {
            line--;
        }
        line--;
        if (line < 1 || !lines[line].isBlank()) {
            return false;
        }
        while (line > 0 && lines[line].isBlank()) {
            line--;
        }
        String intro = lines[line];
        return !intro.isBlank()
                && !intro.startsWith(" ")
                && !intro.startsWith(TAB)
                && !isItem(intro);
    }

    private static boolean isIndented(String line) {
        return line.startsWith(INDENT) || line.startsWith(TAB);
    }

    private static boolean isItem(String line) {
        int digits = 0;
        while (digits < line.length() && line.charAt(digits) >= '0' && line.charAt(digits) <= '9') {
            digits++;
        }
        String marks = digits == 0 ? "-*+" : ".)";
        return digits <= MOST_DIGITS
                && digits < line.length()
                && marks.indexOf(line.charAt(digits)) >= 0
                && (digits + 1 == line.length() || Character.isWhitespace(line.charAt(digits + 1)));
    }

    /** What stands behind the last empty line, or the last line break that JSON writes. */
    static String paragraphEnd(String before) {
        int blank = Math.max(before.lastIndexOf("\n\n"), before.lastIndexOf("\n\r\n"));
        int written = before.lastIndexOf("\\n");
        return before.substring(Math.max(0, Math.max(blank + 1, written < 0 ? 0 : written + 2)));
    }

    private static String paragraphStart(String after) {
        String text = lines(after);
        int blank = text.indexOf("\n\n");
        return blank < 0 ? text : text.substring(0, blank);
    }

    /** The text with the line ends and tabs that strings of JSON write. */
    private static String lines(String text) {
        return text.replace("\r", "").replace("\\r", "").replace("\\n", "\n").replace("\\t", TAB);
    }
}
