/**
 * Regular expressions over bytes. Start at {@link clawsec.detect.expression.ExpressionParser},
 * which reads the notation into a {@link clawsec.detect.expression.Node}; {@link
 * clawsec.detect.expression.Extent} bounds how long a match can get, {@link
 * clawsec.detect.expression.Literals} finds bytes every match contains, and {@link
 * clawsec.detect.expression.Automaton} runs it in time that depends on the text's length alone.
 *
 * <p>The notation is the regular core that all dialects share: literals, {@code .}, classes, the
 * escapes {@code \d \D \w \W \s \S \b \t \n \r \f \xHH} and escaped punctuation, groups, {@code |},
 * and {@code ? * + {n} {n,} {n,m}}. There are no backreferences, no lookaround, no anchors, and no
 * lazy or possessive repetition: a match is the leftmost, and of those the longest. Everything is a
 * byte: a character outside ASCII stands for its UTF-8 bytes and cannot be part of a class; letter
 * case and {@code \w} know ASCII alone.
 *
 * <p>All types are immutable and thread-safe. Knows nothing of rules or of traffic.
 */
@NullMarked
package clawsec.detect.expression;

import org.jspecify.annotations.NullMarked;
