/**
 * The running monitor and how other processes find it. {@link clawsec.ctl.daemon.PidFile} says
 * whether one runs (a lock that dies with its process, not a number that may be anybody's by now);
 * {@link clawsec.ctl.daemon.StatusServer} tells how it fares, over a Unix-domain socket; {@link
 * clawsec.ctl.daemon.Presence} makes both anew when somebody removes them.
 */
@NullMarked
package clawsec.ctl.daemon;

import org.jspecify.annotations.NullMarked;
