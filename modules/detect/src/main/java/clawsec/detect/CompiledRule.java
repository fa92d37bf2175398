package clawsec.detect;

import clawsec.detect.engine.MatchSink;
import clawsec.detect.engine.Pattern;
import clawsec.detect.engine.PatternSet;
import clawsec.detect.engine.TextScan;
import clawsec.detect.expression.Automaton;
import clawsec.detect.expression.ByteSet;
import clawsec.detect.expression.ExpressionException;
import clawsec.detect.expression.ExpressionParser;
import clawsec.detect.expression.Node;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A rule and what its expressions became. Immutable.
 *
 * @param prefix of a secret; null for none
 * @param tail of a secret; null when the rule is not for secrets
 */
record CompiledRule(
        Rule rule, Pattern pattern, @Nullable Automaton prefix, @Nullable Automaton tail) {
    private static final Automaton WORD_TAIL = wordTail();

    static CompiledRule of(Rule rule) throws ExpressionException {
        Node node = ExpressionParser.parse(rule.regex(), rule.isCaseInsensitive());
        Pattern pattern = Pattern.of(node);
        if (!rule.isSecret()) {
            return new CompiledRule(rule, pattern, null, null);
        }
        Automaton prefix = rule.prefix().isEmpty() ? null : automaton(rule, rule.prefix());
        Automaton tail = rule.tail().isEmpty() ? WORD_TAIL : automaton(rule, rule.tail());
        return new CompiledRule(rule, pattern, prefix, tail);
    }

    /** Whether the rule matches anywhere in a text. */
    boolean matches(String text) {
        boolean[] found = {false};
        MatchSink sink =
                new MatchSink() {
                    @Override
                    public void found(int index, long start, long end) {
                        found[0] = true;
                    }

                    @Override
                    public void ready(int index, long start, long end) {}

                    @Override
                    public void passed() {}
                };
        TextScan scan = new TextScan(new PatternSet(List.of(pattern)), new boolean[] {true}, sink);
        scan.read(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
        scan.end();
        return found[0];
    }

    private static Automaton automaton(Rule rule, String regex) throws ExpressionException {
        return Automaton.of(ExpressionParser.parse(regex, rule.isCaseInsensitive()));
    }

    private static Automaton wordTail() {
        ByteSet set = ByteSet.WORD.or(ByteSet.of('-'));
        try {
            return Automaton.of(new Node.Repeat(new Node.Bytes(set), 1, Node.Repeat.UNBOUNDED));
        } catch (ExpressionException e) {
            throw new IllegalStateException(e);
        }
    }
}
