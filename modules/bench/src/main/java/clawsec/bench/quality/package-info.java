/**
 * What the detector finds and what it takes for a threat that is none. Start at {@link
 * clawsec.bench.quality.Quality}, which measures the shipped rules against texts that people
 * labelled, and against benign files of this machine.
 */
@NullMarked
package clawsec.bench.quality;

import org.jspecify.annotations.NullMarked;
