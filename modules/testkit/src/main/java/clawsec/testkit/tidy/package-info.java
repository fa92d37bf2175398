/**
 * The machine-checked part of how this repository is written: sizes, names, module borders, purity
 * of the codecs, no sleeping tests, nothing at the top that does not belong there. Start at {@link
 * clawsec.testkit.tidy.Tidy}. Sources are read with the JDK compiler's own parser, so that a
 * complaint names the exact line and text in a comment or a string is not taken for code.
 */
@NullMarked
package clawsec.testkit.tidy;

import org.jspecify.annotations.NullMarked;
