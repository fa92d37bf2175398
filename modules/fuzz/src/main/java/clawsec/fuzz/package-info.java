/**
 * Fuzz targets: a class each with {@code fuzzerTestOneInput}, which throws where a codec breaks its
 * promise; {@link clawsec.fuzz.Fuzz} runs them one after the other. The promises: no input makes it
 * throw or hang, what it holds stays within its limits, and where the input is cut makes no
 * difference.
 */
@NullMarked
package clawsec.fuzz;

import org.jspecify.annotations.NullMarked;
