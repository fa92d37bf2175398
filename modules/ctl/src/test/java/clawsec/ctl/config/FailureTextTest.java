package clawsec.ctl.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import org.junit.jupiter.api.Test;

class FailureTextTest {
    @Test
    void withRemedy_saysWhatToDo() {
        assertEquals(
                "/d/f: No space left on device; free some space there, or set log_dir to a folder"
                        + " on another disk",
                FailureText.withRemedy(
                        new FileSystemException("/d/f", null, "No space left on device")));
        assertEquals(
                "/d/f: permission denied; run this as the user it belongs to, or set log_dir to a"
                        + " folder of your own",
                FailureText.withRemedy(new AccessDeniedException("/d/f")));
        assertEquals(
                "Too many open files; allow this process more of them, as with: ulimit -n 65536",
                FailureText.withRemedy(new IOException("Too many open files")));
        assertEquals("other", FailureText.withRemedy(new IOException("other")));
    }
}
