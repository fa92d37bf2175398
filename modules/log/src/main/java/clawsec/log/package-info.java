/**
 * The records the monitor keeps in one folder ({@link clawsec.log.LogFolder}). Start at {@link
 * clawsec.log.ThreatLog}, which appends findings to {@code threats.jsonl} with one write a line,
 * and {@link clawsec.log.MonitorLog}, which is where {@link System#getLogger} writes. Both may be
 * used by many threads; neither lets a full disk stop its caller.
 */
@NullMarked
package clawsec.log;

import org.jspecify.annotations.NullMarked;
