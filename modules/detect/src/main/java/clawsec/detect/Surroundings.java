package clawsec.detect;

import clawsec.detect.engine.Pattern;
import clawsec.detect.engine.TextScan;
import clawsec.detect.engine.Window;
import clawsec.detect.expression.ExpressionException;
import clawsec.detect.expression.ExpressionParser;
import clawsec.detect.expression.Node;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/**
 * Whether a match is a quotation in a text about attacks: a security article that shows what an
 * injection looks like, not the injection. Two things are needed: a frame around the match (a code
 * fence, {@code <pre>}, {@code <blockquote>}, {@code <code>}, a Markdown quotation, an indented
 * code block, quotation marks), and words that speak about attacks outside it, at most {@link
 * #TALK_BYTES} before, or behind it as far as is read when the match is ready. Fences and blocks
 * far away and the words are seen by a few patterns that are looked for together with the rules;
 * what is near the match is looked at when it is ready. Where quotation marks do not hug the match,
 * the words have to stand in front of them in the same paragraph.
 *
 * <p>Whoever writes a page can write both. So a quoted attack is still reported, and as low at
 * least (see {@link Judgement}): the price of a forged frame is two steps of severity, the price of
 * none would be an alarm for every article that warns of these attacks.
 *
 * <p>An order that a {@link Condition} warns of is one too, without either.
 *
 * <p>Confined to one text of its layer at a time.
 */
final class Surroundings {
    /** How far in front of a match the words may stand. */
    static final int TALK_BYTES = 16_384;

    /** How far in front of a match the frame may begin that is not marked in pairs. */
    private static final int FRAME_BYTES = TextScan.MARGIN_BYTES;

    /** Marks that are remembered one by one. */
    private static final int RECENT = 32;

    private static final long NONE = -1;

    private static final int FENCE = 0;
    private static final int BLOCK = 1;
    private static final int BLOCK_END = 2;
    private static final int TALK = 3;

    private static final String TALK_EXPRESSION =
            "prompt[ -]injection|attacker|vulnerab|malicious|phishing|exploit|CVE-[0-9]|"
                    + "security research|jailbreak|OWASP|red[ -]team|malware|"
                    + "提示注入|提示词注入|注入攻击|攻击者|恶意|漏洞|"
                    + "プロンプトインジェクション|攻撃者|脆弱性|悪意|"
                    + "프롬프트 인젝션|공격자|취약점|악성|"
                    + "злоумышленник|уязвимост|вредоносн|инъекци|"
                    + "atacante|malicios|inyección|injeção|attaquant|malveillan|vulnérab|"
                    + "Angreifer|Schwachstelle|bösartig|هجوم|مهاجم|ثغرة|ضارة";

    /**
     * Looked for beside the rules, in the order of their kinds. Of names, no more than tells them
     * apart: what is nothing but its literal costs least.
     */
    static final List<Pattern> MARKERS =
            Stream.of("```|~~~", "<(pre|blockquo)", "</(pre|blockquo)", TALK_EXPRESSION)
                    .map(Surroundings::marker)
                    .toList();

    private static final List<String> OPENING =
            List.of("“", "”", "„", "‘", "«", "»", "「", "『", "《", "`", "\\\"", "&quot;");

    private final long[] places = new long[RECENT];
    private final int[] kinds = new int[RECENT];
    private int count;

    /** What the marks were that are no longer remembered. */
    private boolean wasFenced;

    private boolean wasBlock;
    private long earlierTalk = NONE;

    private static Pattern marker(String expression) {
        try {
            Node node = ExpressionParser.parse(expression, true);
            return Pattern.trusted(node, node);
        } catch (ExpressionException e) {
            throw new IllegalStateException(expression, e);
        }
    }

    /**
     * Takes note of a marker.
     *
     * @param kind its index among {@link #MARKERS}
     */
    void mark(int kind, long start) {
        int slot = count % RECENT;
        if (count >= RECENT) {
            wasFenced ^= kinds[slot] == FENCE;
            wasBlock = blockAfter(kinds[slot], wasBlock);
            earlierTalk = kinds[slot] == TALK ? places[slot] : earlierTalk;
        }
        places[slot] = start;
        kinds[slot] = kind;
        count++;
        if (count == 2 * RECENT) {
            count = RECENT;
        }
    }

    /** Another text begins. */
    void reset() {
        count = 0;
        wasFenced = false;
        wasBlock = false;
        earlierTalk = NONE;
    }

    /**
     * Whether a match is a quotation.
     *
     * @param end of the match; up to {@link TextScan#CONTEXT_BYTES} more bytes are looked at
     * @param place up to where the text may be looked at
     */
    boolean quotes(Window text, long start, long end, long place) {
        boolean isFenced = wasFenced;
        boolean isBlock = wasBlock;
        boolean isTalk = earlierTalk >= 0 && earlierTalk >= start - TALK_BYTES;
        for (int i = Math.max(0, count - RECENT); i < count; i++) {
            long at = places[i % RECENT];
            int kind = kinds[i % RECENT];
            if (kind == TALK) {
                isTalk |= at >= end || (at < start && at >= start - TALK_BYTES);
            } else if (at < start) {
                isFenced ^= kind == FENCE;
                isBlock = blockAfter(kind, isBlock);
            }
        }
        if (!isTalk) {
            return isInCondition(text, start, end, place);
        }
        long before = Math.max(text.base(), start - FRAME_BYTES);
        boolean isFrame =
                isFenced
                        || isBlock
                        || isFramed(text, start, end, place)
                        || Quotation.isIndentedCode(text(text, before, start));
        return isFrame
                || isToldOf(text, start, end, place)
                || isInCondition(text, start, end, place);
    }

    private static boolean isInCondition(Window text, long start, long end, long place) {
        long from = Math.max(text.base(), start - Condition.LEAD_BYTES);
        long to = Math.min(place, end + TextScan.CONTEXT_BYTES);
        return Condition.holds(text.copy(from, start), text.copy(end, Math.max(end, to)));
    }

    /**
     * Whether the match is inside a quotation that begins further left, and words that speak about
     * attacks stand in front of it in the same paragraph. A mark alone is nothing: any text has
     * some.
     */
    private boolean isToldOf(Window text, long start, long end, long place) {
        long from = Math.max(text.base(), start - FRAME_BYTES);
        String before = text(text, from, start);
        String after = text(text, end, Math.min(place, end + TextScan.CONTEXT_BYTES));
        int mark = Quotation.opening(before, after);
        if (mark == Quotation.NONE) {
            return false;
        }
        long opening = start - bytes(before.substring(mark));
        long paragraph = opening - bytes(Quotation.paragraphEnd(before.substring(0, mark)));
        for (int i = Math.max(0, count - RECENT); i < count; i++) {
            long at = places[i % RECENT];
            if (kinds[i % RECENT] == TALK && at >= paragraph && at < opening) {
                return true;
            }
        }
        return false;
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static boolean blockAfter(int kind, boolean wasBlock) {
        return kind == BLOCK || (kind != BLOCK_END && wasBlock);
    }

    /** Whether quotation marks, a code element or a quoted line hug the match. */
    private static boolean isFramed(Window text, long start, long end, long place) {
        long from = Math.max(text.base(), start - TextScan.CONTEXT_BYTES);
        long to = Math.min(place, end + TextScan.CONTEXT_BYTES);
        String before = text(text, from, start);
        String after = text(text, end, to);
        return isQuotedLine(before)
                || (isBetween(before, after, "<code", "</code") && !before.contains("</code"))
                || isBetween(before, after, "<q>", "</q>")
                || isInMarks(withoutEmphasis(before), after);
    }

    /** Without the spaces and the marks of Markdown that a text ends with. */
    private static String withoutEmphasis(String text) {
        int end = text.length();
        while (end > 0 && " \t\n\r\f\u000b*_".indexOf(text.charAt(end - 1)) >= 0) {
            end--;
        }
        return text.substring(0, end);
    }

    private static boolean isBetween(String before, String after, String opening, String closing) {
        return before.contains(opening) && after.contains(closing);
    }

    private static boolean isQuotedLine(String before) {
        int line = Math.max(before.lastIndexOf('\n'), before.lastIndexOf("\\n") + 1);
        if (line < 1) {
            return false;
        }
        String beginning = before.substring(line + 1).stripLeading();
        return beginning.startsWith("> ") || beginning.startsWith("&gt; ");
    }

    private static boolean isInMarks(String before, String after) {
        for (String mark : OPENING) {
            if (before.endsWith(mark)) {
                return hasClosing(after);
            }
        }
        // A string of JSON or of a program is no quotation, a word with a quote in front is one.
        boolean isPlain = before.endsWith("\"") || before.endsWith("'");
        if (!isPlain || before.length() < 3) {
            return false;
        }
        String lead = before.substring(0, before.length() - 1);
        boolean isProse =
                lead.endsWith(" ") && ":,=[{(".indexOf(lead.charAt(lead.length() - 2)) < 0;
        return isProse && hasClosing(after);
    }

    private static boolean hasClosing(String after) {
        int line = after.indexOf('\n');
        String rest = line < 0 ? after : after.substring(0, line);
        return OPENING.stream().anyMatch(rest::contains)
                || Stream.of("\"", "'", "’", "」", "』", "》").anyMatch(rest::contains);
    }

    private static String text(Window text, long from, long to) {
        return new String(text.copy(from, to), StandardCharsets.UTF_8);
    }
}
