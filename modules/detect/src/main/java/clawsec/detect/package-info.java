/**
 * The detector. Start at {@link clawsec.detect.Detector}: it opens one {@link
 * clawsec.detect.MessageScan} a message, which takes the head and the content as they arrive and
 * hands each {@link clawsec.detect.Finding} to a sink. A {@code Detector} is immutable and shared;
 * a {@code MessageScan} is confined to one thread at a time.
 */
@NullMarked
package clawsec.detect;

import org.jspecify.annotations.NullMarked;
