/** The {@code clawsec} command. Start at {@code Main}. */
@NullMarked
package clawsec.ctl;

import org.jspecify.annotations.NullMarked;
