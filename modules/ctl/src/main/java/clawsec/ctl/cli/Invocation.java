package clawsec.ctl.cli;

/** What a command line asks for. */
public sealed interface Invocation {
    /** Print this text. */
    record ShowHelp(String text) implements Invocation {}

    /** Print the version. */
    record ShowVersion() implements Invocation {}

    /** Run a command. */
    record Run(ParsedCommand parsed) implements Invocation {}
}
