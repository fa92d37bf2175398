/**
 * The content of messages while it passes, whatever protocol brings it and takes it: a {@link
 * clawsec.proxy.content.ContentSource} gives it piece by piece, a {@link
 * clawsec.proxy.content.ContentSink} takes it.
 */
@NullMarked
package clawsec.proxy.content;

import org.jspecify.annotations.NullMarked;
