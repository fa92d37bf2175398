/**
 * How fast the detector reads clean traffic, beside Hyperscan over the same rules and bytes. Start
 * at {@link clawsec.bench.detect.DetectBench}.
 */
@NullMarked
package clawsec.bench.detect;

import org.jspecify.annotations.NullMarked;
