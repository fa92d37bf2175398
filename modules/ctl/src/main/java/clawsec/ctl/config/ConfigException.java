package clawsec.ctl.config;

/**
 * The configuration cannot be used. The message names the place (file and line, environment
 * variable, or flag), the key, the value and what is allowed.
 */
public final class ConfigException extends Exception {
    private static final long serialVersionUID = 1L;

    public ConfigException(String message) {
        super(message);
    }
}
