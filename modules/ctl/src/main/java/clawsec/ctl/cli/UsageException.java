package clawsec.ctl.cli;

/** The command line cannot be understood; the message says what is wrong in one line. */
public final class UsageException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String helpCommand;

    /**
     * @param helpCommand the command whose help tells more, such as {@code clawsec start --help}
     */
    public UsageException(String message, String helpCommand) {
        super(message);
        this.helpCommand = helpCommand;
    }

    public String helpCommand() {
        return helpCommand;
    }
}
