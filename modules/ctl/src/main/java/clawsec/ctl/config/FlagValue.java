package clawsec.ctl.config;

/**
 * A key set on the command line.
 *
 * @param flag the flag as it is typed, such as {@code --port}
 * @param text the value as it was typed, or what the flag stands for
 */
public record FlagValue(String flag, ConfigKey<?> key, String text) {}
