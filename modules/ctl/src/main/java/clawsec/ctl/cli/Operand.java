package clawsec.ctl.cli;

/**
 * The one argument that a command takes beside its options.
 *
 * @param name in help texts
 * @param help what it is, one sentence without a full stop
 */
public record Operand(String name, boolean isRequired, String help) {
    /** As a usage line shows it. */
    String usage() {
        return isRequired ? name : "[" + name + "]";
    }
}
