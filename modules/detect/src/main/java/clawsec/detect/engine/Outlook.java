package clawsec.detect.engine;

import clawsec.detect.expression.Approach;
import clawsec.detect.expression.Continuation;
import clawsec.detect.expression.Sequel;
import org.jspecify.annotations.Nullable;

/**
 * What may stand around a literal in matches of the patterns that have it. Immutable; the array is
 * not to be changed.
 *
 * @param sequel the first bytes after it, in a match of any of them
 * @param owners by index of {@link LiteralFilter#hits}
 */
record Outlook(Sequel sequel, Owner[] owners) {
    /**
     * A pattern that has the literal.
     *
     * @param continuation what may follow
     * @param approach what may precede; none for a pattern whose matches begin with the literal
     */
    record Owner(Continuation continuation, @Nullable Approach approach) {
        static Owner of(Pattern pattern, LiteralFilter.Hit hit) {
            boolean isAtStart = pattern.literals().isAtStart();
            return new Owner(
                    pattern.seeker().continuation(hit.literal(), isAtStart),
                    isAtStart ? null : pattern.seeker().approach(hit.literal()));
        }
    }
}
