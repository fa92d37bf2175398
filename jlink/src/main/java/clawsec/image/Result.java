package clawsec.image;

/**
 * What a command left behind.
 *
 * @param status its exit status
 * @param out its standard output
 * @param err its standard error
 */
public record Result(int status, String out, String err) {}
