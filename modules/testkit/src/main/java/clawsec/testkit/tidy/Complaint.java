package clawsec.testkit.tidy;

/**
 * One thing that is not as it should be.
 *
 * @param path relative to the repository's root, with slashes
 * @param line from 1
 */
public record Complaint(String path, long line, String what) {
    /** {@code path:line: what}. */
    @Override
    public String toString() {
        return path + ":" + line + ": " + what;
    }
}
