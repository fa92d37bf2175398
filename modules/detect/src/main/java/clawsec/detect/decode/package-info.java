/**
 * Ways in which text is written so that it does not read as what it is, undone. Start at {@link
 * clawsec.detect.decode.Decoder}: it is given a stretch of text that may be written in its way and
 * gives what that stands for, or nothing. Decoders hold no state, are thread-safe and bounded in
 * time and in what they give; who finds the stretches, how deep decoders are put into one another,
 * and how many bytes a message may cost are not their business.
 */
@NullMarked
package clawsec.detect.decode;

import org.jspecify.annotations.NullMarked;
