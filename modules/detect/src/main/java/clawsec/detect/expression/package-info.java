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
 * <p>An expression that begins with {@code (?w)} is about words. A space in it, unless in a class,
 * stands for what parts two words of a sentence: up to two marks of emphasis ({@code * _ ~ `}), a
 * byte of white space, line breaks included, and up to nine more of both kinds and of what begins a
 * line of a quotation, a comment, a list or a table ({@code > # / | % ; + -}). Literals are looked
 * for outside of it, as outside groups {@code (?:...)}.
 *
 * <p>All types are immutable and thread-safe. Knows nothing of rules or of traffic.
 */
@NullMarked
package clawsec.detect.expression;

import org.jspecify.annotations.NullMarked;
