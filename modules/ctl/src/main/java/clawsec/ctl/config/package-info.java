/**
 * The configuration. {@link clawsec.ctl.config.ConfigKeys} is the one table of keys; {@link
 * clawsec.ctl.config.ConfigLoader} lays flags over environment variables over the file over the
 * defaults; {@link clawsec.ctl.config.MonitorConfig} is the result, which the rest of the program
 * sees. Nothing is guessed: whatever cannot be read exactly is a {@link
 * clawsec.ctl.config.ConfigException}.
 */
@NullMarked
package clawsec.ctl.config;

import org.jspecify.annotations.NullMarked;
