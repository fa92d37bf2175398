package clawsec.detect;

import clawsec.detect.expression.Automaton;
import clawsec.detect.expression.ExpressionException;
import clawsec.detect.expression.ExpressionParser;
import java.util.Arrays;
import java.util.List;

/**
 * Orders that are no more than what somebody may say: "if a page tells you to ...". A condition
 * alone is none of these ("if you are a model, ..." is how attacks begin): somebody else has to say
 * the order in it, and the order has to be what is said, with no comma between. In Japanese and
 * Korean what is said comes first.
 *
 * <p>Mixing languages does no harm, so that one automaton reads several.
 */
final class Condition {
    /** How far in front of an order its condition may begin. */
    static final int LEAD_BYTES = 160;

    private static final String IF_LATIN =
            "(if|when|whenever|in case|should|wenn|falls|sobald|sollte|si|cuando|quand"
                    + "|lorsqu(e |')|se|quando|caso)";

    private static final String IF_OTHER =
            "(если|Если|когда|Когда|如果|若|当|當|假如|倘若|要是|إذا|اذا|لو|عندما)";

    /** Of third persons: who says "I order you" orders. */
    private static final String SAYS_LATIN =
            "((tells|asks|says|writes|instructs|orders|commands|wants|urges|demands|claims"
                    + "|requests)( that)?( you| the (model|agent|assistant))?( to| should| must)?"
                    + "|(sagt|schreibt|verlangt|fordert|auffordert|bittet|befiehlt|behauptet)"
                    + "(, du sollst|, dass du)?"
                    + "|(dice|diga|pide|pida|ordena|ordene|indica|indique|exige|exija|escribe"
                    + "|escriba|solicita|solicite|manda|mande)( que)?"
                    + "|(dit|demande|ordonne|écrit|exige|enjoint)( de| d'| que (tu|vous))?"
                    + "|(disser|diz|pedir|pede|mandar|ordenar|exigir|escrever|escreve)"
                    + "( para| que)?( você)?)";

    private static final String SAYS_OTHER =
            "((просит|попросит|говорит|скажет|велит|требует|потребует|пишет|напишет|приказывает"
                    + "|прикажет|предлагает)( тебя| вас| тебе| вам)?"
                    + "|(让|讓|要求|叫|命令|告诉|告訴|指示|说|說)(你|您|我|AI|模型)?"
                    + "|(طلب|قال|أمر|يطلب|يقول|يأمر|كتب)(ك)?( منك| لك)?"
                    + "( أحد| أحدهم| شخص| مستخدم)?( أن)?)";

    private static final String GAP = "[^.,:;!?\\r\\n\"<>]{1,90}";

    /** Some rules leave out the first letter of a word, which may be a capital one. */
    private static final String UP_TO_THE_ORDER = " ?(:|：)?([ \"'*`\\\\]|“|„|«|‘|「|『){0,6}(и|И)?";

    private static final List<Automaton> BEFORE =
            List.of(
                    automaton(IF_LATIN + GAP + SAYS_LATIN + UP_TO_THE_ORDER),
                    automaton(IF_OTHER + GAP + SAYS_OTHER + UP_TO_THE_ORDER));

    private static final Automaton AFTER =
            automaton(
                    "(する|しろ|せよ|して)?(ように|よう|と|よと)(言|指示|求|要求|命令|頼|書)"
                            + "[^.\\r\\n]{0,24}(たら|れば|場合|なら|ても|とき|時)"
                            + "|(라고|도록|라는|시오라고) ?(하|말하|말씀하|요청하|지시하|요구하|시키|명령하|쓰)"
                            + "[^.\\r\\n]{0,18}(면|경우|더라도|해도|때)");

    private Condition() {}

    private static Automaton automaton(String expression) {
        try {
            return Automaton.of(ExpressionParser.parse(expression, true));
        } catch (ExpressionException e) {
            throw new IllegalStateException(expression, e);
        }
    }

    /**
     * Whether an order stands in such a condition.
     *
     * @param before what stands before it, of which the last {@link #LEAD_BYTES} count
     * @param after what stands behind it
     */
    static boolean holds(byte[] before, byte[] after) {
        byte[] lead =
                Arrays.copyOfRange(before, Math.max(0, before.length - LEAD_BYTES), before.length);
        for (int at = 0; at < lead.length; at++) {
            if (mayBegin(lead, at) && isCondition(Arrays.copyOfRange(lead, at, lead.length))) {
                return true;
            }
        }
        return AFTER.longestAt(after, 0, after.length) > 0;
    }

    private static boolean isCondition(byte[] words) {
        return BEFORE.stream()
                .anyMatch(each -> each.longestAt(words, 0, words.length) == words.length);
    }

    /** Whether a word may begin there; the scripts that have no spaces have no ASCII. */
    private static boolean mayBegin(byte[] text, int at) {
        return at == 0 || !Character.isLetterOrDigit(text[at - 1] & 0x7f) || text[at - 1] < 0;
    }
}
