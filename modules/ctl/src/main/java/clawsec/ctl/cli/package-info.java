/**
 * The command line as data. {@link clawsec.ctl.cli.Command} and {@link clawsec.ctl.cli.Options} are
 * the one table of commands and options; {@link clawsec.ctl.cli.ArgumentParser} parses by it and
 * {@link clawsec.ctl.cli.HelpText} is written from it.
 */
@NullMarked
package clawsec.ctl.cli;

import org.jspecify.annotations.NullMarked;
