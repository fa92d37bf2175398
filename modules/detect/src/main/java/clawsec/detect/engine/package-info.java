/**
 * Finds many patterns in a text that arrives in pieces. Start at {@link
 * clawsec.detect.engine.TextScan}. Each layer knows only the one below it:
 *
 * <pre>{@code
 * TextScan       carries the state from piece to piece, says when a match and what follows is there
 *    └─ Run      one pattern that was woken: does a match end here? then which one exactly
 *    └─ LiteralFilter   every byte of every text: where does a literal of some pattern end
 * }</pre>
 *
 * <p>Clean text costs the filter alone. Every step is bounded by what the patterns are, not by what
 * the text is: the filter takes one step a byte, and a woken pattern reads each byte once, and once
 * more when a match is found.
 *
 * <p>Patterns and the filter are immutable; a scan is confined to one thread at a time. Knows
 * nothing of rules, messages or secrets.
 */
@NullMarked
package clawsec.detect.engine;

import org.jspecify.annotations.NullMarked;
