package clawsec.ctl.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatusSocketTest {
    @TempDir private Path folder;
    @TempDir private Path temporary;

    @Test
    void toBind_atTheLimit_isInTheLogFolderAndOneByteMoreIsNot() throws IOException {
        Path longest = folderOfSocketLength(StatusSocket.MAX_PATH_BYTES);
        assertEquals(longest.resolve("monitor.sock"), StatusSocket.toBind(longest, temporary));
        Path tooLong = folderOfSocketLength(StatusSocket.MAX_PATH_BYTES + 1);
        Path elsewhere = StatusSocket.toBind(tooLong, temporary);
        assertTrue(elsewhere.startsWith(temporary), elsewhere::toString);
        assertEquals(elsewhere, StatusSocket.toBind(tooLong, temporary));
    }

    @Test
    void toBind_letterOfManyBytes_countsBytes() throws IOException {
        Path deep = Files.createDirectories(folder.resolve("é".repeat(45)));
        assertTrue(StatusSocket.toBind(deep, temporary).startsWith(temporary));
    }

    @Test
    void toConnect_longPath_findsWhatWasBoundAndNothingElse() throws IOException {
        Path tooLong = folderOfSocketLength(StatusSocket.MAX_PATH_BYTES + 1);
        assertEquals(Optional.empty(), StatusSocket.toConnect(tooLong, temporary));
        Path bound = StatusSocket.toBind(tooLong, temporary);
        assertEquals(Optional.empty(), StatusSocket.toConnect(tooLong, temporary));
        Files.createFile(bound);
        assertEquals(Optional.of(bound), StatusSocket.toConnect(tooLong, temporary));
        Path other = Files.createDirectories(tooLong.resolve("other"));
        assertNotEquals(bound, StatusSocket.toBind(other, temporary));
    }

    @Test
    void toBind_folderThatOthersCanEnter_isRefused() throws IOException {
        Path tooLong = folderOfSocketLength(StatusSocket.MAX_PATH_BYTES + 1);
        Path made = StatusSocket.toBind(tooLong, temporary).resolveSibling("");
        Files.setPosixFilePermissions(made, PosixFilePermissions.fromString("rwxr-xr-x"));
        FileSystemException refused =
                assertThrows(
                        FileSystemException.class, () -> StatusSocket.toBind(tooLong, temporary));
        assertEquals(
                made
                        + ": must be a folder of the same owner as log_dir with mode 0700; remove"
                        + " it, or set log_dir to a shorter path",
                refused.getMessage());
        assertThrows(FileSystemException.class, () -> StatusSocket.toConnect(tooLong, temporary));
    }

    /** A folder in which the path of the socket has that many bytes. */
    private Path folderOfSocketLength(int bytes) throws IOException {
        int now =
                folder.resolve("x")
                        .resolve("monitor.sock")
                        .toString()
                        .getBytes(StandardCharsets.UTF_8)
                        .length;
        return Files.createDirectories(folder.resolve("x".repeat(bytes - now + 1)));
    }
}
