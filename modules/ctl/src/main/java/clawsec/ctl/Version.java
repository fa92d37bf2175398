package clawsec.ctl;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;

/**
 * Which build this is.
 *
 * @param commit the commit it was built from; {@code unknown} where the build was not told
 */
record Version(String number, String commit) {
    private static final String UNKNOWN = "unknown";

    /** Reads what the build wrote. */
    static Version read() {
        Properties properties = new Properties();
        try (InputStream in = Version.class.getResourceAsStream("version.properties")) {
            if (in != null) {
                properties.load(in);
            }
        } catch (IOException e) {
            return new Version(UNKNOWN, UNKNOWN);
        }
        return new Version(
                properties.getProperty("version", UNKNOWN),
                properties.getProperty("commit", UNKNOWN));
    }

    /** One line: version, commit and Java runtime. */
    String line() {
        return "clawsec %s (commit %s), Java %s".formatted(number, commit, Runtime.version());
    }
}
