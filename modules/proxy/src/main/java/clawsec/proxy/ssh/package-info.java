/**
 * Established SSH connections, read from the operating system's own tables. Start at SshWatcher.
 */
@NullMarked
package clawsec.proxy.ssh;

import org.jspecify.annotations.NullMarked;
