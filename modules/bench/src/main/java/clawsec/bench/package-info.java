/**
 * Measures this proxy and its peers side by side, on one machine in one run. Start reading at
 * {@link clawsec.bench.Bench}; a new line of the table is a new {@link clawsec.bench.Row}, a new
 * proxy a new {@link clawsec.bench.Peer}. One thread does everything; what is measured runs in
 * processes of its own.
 */
@NullMarked
package clawsec.bench;

import org.jspecify.annotations.NullMarked;
