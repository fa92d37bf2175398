package clawsec.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code bin/clawsec} where shells and services leave little around it. */
class LauncherTest {
    /** In the shell, whatever the locale of this process can express: a name with an accent. */
    private static final String NAME = "name=$(printf 'caf\\303\\251'); ";

    @TempDir private Path folder;
    private Image image;

    @BeforeEach
    void needsImage() {
        image = Environment.image();
    }

    @Test
    void removedWorkingFolder_isSaidWithTheStatusOfAFailure() throws Exception {
        Result status = shell("mkdir gone && cd gone && rmdir ../gone && exec \"$clawsec\" status");
        assertEquals(3, status.status(), status::toString);
        assertEquals("", status.out());
        // Some shells complain for themselves before.
        assertTrue(
                status.err()
                        .endsWith(
                                "clawsec: the working folder was removed; change to another one,"
                                        + " as with: cd /\n"),
                status.err());
    }

    @Test
    void noLocale_imageUnderAnotherAlphabet_runs() throws Exception {
        Result version =
                shell(
                        NAME
                                + "cp -R \"${clawsec%/bin/clawsec}\" \"$name\" &&"
                                + " env -i \"$name/bin/clawsec\" --version");
        assertEquals(0, version.status(), version::toString);
        assertEquals("", version.err());
    }

    @Test
    void noLocale_pathsInAnotherAlphabet_areTakenAsTheyAre() throws Exception {
        for (String locale : List.of("", "LC_ALL=C", "LANG=POSIX")) {
            Result status =
                    shell(
                            NAME
                                    + "mkdir -p \"$name\" && cd \"$name\" && env -i "
                                    + locale
                                    + " \"$clawsec\" status --log-dir \"$name\"");
            assertEquals(1, status.status(), status::toString);
            assertTrue(status.out().contains("/caf\u00e9/caf\u00e9)"), status.out());
        }
    }

    @Test
    void localeWithoutUtf8_beneathTheLauncher_isRefusedRatherThanGuessed() throws Exception {
        String java =
                "env -i LC_ALL=POSIX \"${clawsec%/clawsec}/java\" -m clawsec.ctl/clawsec.ctl.Main ";
        Result relative =
                shell(
                        NAME
                                + "mkdir -p \"$name\" && cd \"$name\" && "
                                + java
                                + "status --log-dir rel");
        assertEquals(2, relative.status(), relative::toString);
        assertTrue(relative.err().contains("--log-dir is rel"), relative.err());
        assertTrue(relative.err().contains("LC_ALL=C.UTF-8"), relative.err());
        Result file =
                shell(
                        NAME
                                + "printf '{\"log_dir\": \"/%s\"}' \"$name\" > c.json && "
                                + java
                                + "status --config c.json");
        assertEquals(2, file.status(), file::toString);
        assertTrue(file.err().contains("LC_ALL=C.UTF-8"), file.err());
    }

    /** Runs a script in the test's folder; {@code $clawsec} is the launcher. */
    private Result shell(String script) throws Exception {
        String all = "cd \"$1\" && clawsec=$2 && " + script;
        return Image.run(
                List.of("sh", "-c", all, "sh", folder.toString(), image.launcher().toString()),
                Map.of());
    }
}
