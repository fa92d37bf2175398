/**
 * What tells a secret from text that only looks like one: how random it is, and the check that its
 * format carries in itself. Start at {@link clawsec.detect.secret.Entropy}. Pure functions over
 * bytes, safe for use by many threads; they never throw, whatever the bytes are.
 */
@NullMarked
package clawsec.detect.secret;

import org.jspecify.annotations.NullMarked;
