/**
 * Finds many patterns in a text that arrives in pieces. Start at {@link
 * clawsec.detect.engine.TextScan}. Each layer knows only the one below it:
 *
 * <pre>{@code
 * TextScan       carries the state from piece to piece, says when a match and what follows is there
 *    └─ Run      one pattern that was woken: does a match end here? then which one exactly
 *    └─ LiteralFilter         every byte of every text: where does a literal of some pattern end
 *          └─ CandidateSearch where might one? ByteSearch, or with vectors WideSearch
 *          └─ LiteralTable    which one ends here, followed by what a match may go on with?
 * }</pre>
 *
 * <p>A literal that was found wakes its pattern only if the bytes after it and before it may belong
 * to a match ({@code Lookout}): everyday words are found all the time, and nearly all of them are
 * told from a threat by a dozen bytes. A pattern that is nothing but its literals needs no {@code
 * Run}: it matches where one is found.
 *
 * <p>Clean text costs the filter alone. Every step is bounded by what the patterns are, not by what
 * the text is: the filter looks at every byte once and at every place that may end a literal again,
 * and a woken pattern reads each byte once, and the bytes around a match a few times more.
 *
 * <p>Vectors are used once {@link clawsec.detect.engine.PatternSet#accelerate} has found them
 * faster; the answers are the same. Patterns and the filter are otherwise immutable; a scan is
 * confined to one thread at a time. Knows nothing of rules, messages or secrets.
 */
@NullMarked
package clawsec.detect.engine;

import org.jspecify.annotations.NullMarked;
