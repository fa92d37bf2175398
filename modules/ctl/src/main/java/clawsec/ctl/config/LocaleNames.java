package clawsec.ctl.config;

import java.nio.charset.StandardCharsets;

/**
 * What file names the JDK can express, which depends on the locale that the process was started in:
 * what it cannot, it silently replaces by question marks. The launcher sees to a locale that can.
 */
final class LocaleNames {
    /** Whether every name can be expressed. */
    static final boolean IS_UNIVERSAL =
            StandardCharsets.UTF_8.name().equals(System.getProperty("sun.jnu.encoding"));

    private static final char REPLACEMENT = '\uFFFD';

    private LocaleNames() {}

    /** False when the name of the working folder cannot be expressed. */
    static boolean isWorkingFolderKnown() {
        return System.getProperty("user.dir", "").indexOf(REPLACEMENT) < 0;
    }
}
