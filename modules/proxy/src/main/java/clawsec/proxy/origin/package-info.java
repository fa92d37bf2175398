/**
 * The side towards origins: names resolved, connections made (directly or through another proxy),
 * verified, kept and reused. Start at {@link clawsec.proxy.origin.OriginPool}. Whatever fails is an
 * {@link clawsec.proxy.origin.OriginFailure}, which carries the words of the answer.
 */
@NullMarked
package clawsec.proxy.origin;

import org.jspecify.annotations.NullMarked;
