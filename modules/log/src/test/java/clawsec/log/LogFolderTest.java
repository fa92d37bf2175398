package clawsec.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFolderTest {
    @TempDir Path temporary;

    @Test
    void open_missing_isMadePrivateWithItsParents() throws IOException {
        Path folder = temporary.resolve("a/b/clawsec");
        assertEquals(folder, LogFolder.open(folder).path());
        assertEquals("rwx------", mode(folder));
        assertEquals("rwx------", mode(temporary.resolve("a/b")));
        assertEquals(folder, LogFolder.open(folder).path());
    }

    @Test
    void find_missing_makesNothing() throws IOException {
        Path folder = temporary.resolve("clawsec");
        assertTrue(LogFolder.find(folder).isEmpty());
        assertFalse(Files.exists(folder));
        Files.createDirectory(folder);
        assertEquals(folder, LogFolder.find(folder).orElseThrow().path());
    }

    @Test
    void open_symbolicLink_isRefused() throws IOException {
        Path link = Files.createSymbolicLink(temporary.resolve("clawsec"), temporary);
        assertRefused(link, "is a symbolic link; remove it or set log_dir to");
        Path dangling =
                Files.createSymbolicLink(temporary.resolve("dangling"), temporary.resolve("none"));
        assertRefused(dangling, "is a symbolic link; remove it or set log_dir to");
        assertFalse(Files.exists(temporary.resolve("none")));
    }

    @Test
    void open_file_isRefused() throws IOException {
        assertRefused(Files.createFile(temporary.resolve("clawsec")), "log folder is a file");
    }

    @Test
    void open_writableByOthers_isRefused() throws IOException {
        Path folder = Files.createDirectory(temporary.resolve("clawsec"));
        for (String mode : new String[] {"rwxrwx---", "rwx----w-", "rwxrwxrwx"}) {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(mode));
            assertRefused(folder, "can be written to by others (" + mode + ")");
            assertRefused(folder, "run: chmod 700 " + folder);
        }
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        LogFolder.open(folder);
    }

    @Test
    void open_ofAnotherUser_isRefused() throws IOException {
        Path folder = Files.createDirectory(temporary.resolve("clawsec"));
        giveAway(folder);
        assertRefused(folder, "belongs to user ");
    }

    @Test
    void checked_userWithoutAName_isKnownByWhatItMakes() throws IOException {
        Path folder = Files.createDirectory(temporary.resolve("clawsec"));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        assertEquals(folder, LogFolder.checked(folder, null).path());
        assertEquals(0, folder.toFile().list().length);
        giveAway(folder);
        IOException refusal =
                assertThrows(FileSystemException.class, () -> LogFolder.checked(folder, null));
        assertTrue(String.valueOf(refusal.getMessage()).contains("belongs to user "));
    }

    @Test
    void open_parentIsAFile_saysWhatToDo() throws IOException {
        Path file = Files.createFile(temporary.resolve("file"));
        assertRefused(file.resolve("clawsec"), file + " is in the way); set log_dir to a folder");
    }

    @Test
    void privateFile_missingOrLax_isMadePrivate() throws IOException {
        LogFolder folder = LogFolder.open(temporary.resolve("clawsec"));
        assertEquals("rw-------", mode(folder.privateFile("f")));
        Files.setPosixFilePermissions(
                folder.path().resolve("f"), PosixFilePermissions.fromString("rw-r--r--"));
        assertEquals("rw-------", mode(folder.privateFile("f")));
    }

    @Test
    void privateFile_notAFile_isRefused() throws IOException {
        LogFolder folder = LogFolder.open(temporary.resolve("clawsec"));
        Path target = Files.createFile(temporary.resolve("target"));
        Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rw-r--r--"));
        Files.createSymbolicLink(folder.path().resolve("link"), target);
        Files.createDirectory(folder.path().resolve("folder"));
        assertFileRefused(folder, "link", "is a symbolic link, not a file; remove it");
        assertFileRefused(folder, "folder", "is a folder, not a file; remove it");
        assertEquals("rw-r--r--", mode(target));
    }

    @Test
    void privateFile_ofAnotherUser_isRefused() throws IOException {
        LogFolder folder = LogFolder.open(temporary.resolve("clawsec"));
        giveAway(folder.privateFile("f"));
        assertFileRefused(folder, "f", "belongs to user ");
    }

    private static void assertRefused(Path folder, String words) {
        IOException refusal = assertThrows(FileSystemException.class, () -> LogFolder.open(folder));
        String message = String.valueOf(refusal.getMessage());
        assertTrue(message.startsWith(folder + ": "), message);
        assertTrue(message.contains(words), message);
    }

    private static void assertFileRefused(LogFolder folder, String name, String words) {
        IOException refusal =
                assertThrows(FileSystemException.class, () -> folder.privateFile(name));
        String message = String.valueOf(refusal.getMessage());
        assertTrue(message.startsWith(folder.path().resolve(name) + ": "), message);
        assertTrue(message.contains(words), message);
    }

    private static void giveAway(Path path) throws IOException {
        boolean isGiven;
        try {
            UserPrincipal other =
                    path.getFileSystem()
                            .getUserPrincipalLookupService()
                            .lookupPrincipalByName("nobody");
            Files.setOwner(path, other);
            isGiven = true;
        } catch (UserPrincipalNotFoundException | FileSystemException refused) {
            isGiven = false;
        }
        assumeTrue(isGiven, "only root can give a file to another user");
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(
                Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS));
    }
}
