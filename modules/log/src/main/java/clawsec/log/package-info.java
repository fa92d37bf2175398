/**
 * The records the monitor keeps: {@code threats.jsonl} and {@code clawsec.log}. Start at {@link
 * clawsec.log.Threat}.
 */
@NullMarked
package clawsec.log;

import org.jspecify.annotations.NullMarked;
