package clawsec.ctl.daemon;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Where the status socket lies: {@code monitor.sock} in the log folder, or, where that path is too
 * long for a socket's address, a short path that follows from it, in a folder under the temporary
 * one that only the owner of the log folder can enter.
 */
final class StatusSocket {
    /** The file's name in the log folder. */
    static final String FILE_NAME = "monitor.sock";

    /**
     * The most bytes of a path that every system takes: sun_path has 108 on Linux and 104 on macOS,
     * the final zero included.
     */
    static final int MAX_PATH_BYTES = 103;

    private static final String FOLDER_MODE = "rwx------";

    private StatusSocket() {}

    /** The path to bind; the short path's folder is made where it is missing. */
    static Path toBind(Path logFolder, Path temporaryFolder) throws IOException {
        Path direct = logFolder.resolve(FILE_NAME);
        if (isShort(direct)) {
            return direct;
        }
        Path folder = shortFolder(logFolder, temporaryFolder);
        try {
            Files.createDirectory(
                    folder,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString(FOLDER_MODE)));
        } catch (FileAlreadyExistsException e) {
            // Ours from an earlier start, or somebody's trap: the check below tells.
        }
        requirePrivate(folder, logFolder);
        return folder.resolve(shortName(logFolder));
    }

    /** The path to connect to; empty where nothing lies there. */
    static Optional<Path> toConnect(Path logFolder, Path temporaryFolder) throws IOException {
        Path direct = logFolder.resolve(FILE_NAME);
        if (isShort(direct)) {
            return Files.exists(direct) ? Optional.of(direct) : Optional.empty();
        }
        try {
            Path folder = shortFolder(logFolder, temporaryFolder);
            requirePrivate(folder, logFolder);
            Path path = folder.resolve(shortName(logFolder));
            return Files.exists(path) ? Optional.of(path) : Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private static boolean isShort(Path path) {
        return path.toString().getBytes(StandardCharsets.UTF_8).length <= MAX_PATH_BYTES;
    }

    private static Path shortFolder(Path logFolder, Path temporaryFolder) throws IOException {
        return temporaryFolder.resolve("clawsec-" + Files.getOwner(logFolder).getName());
    }

    private static String shortName(Path logFolder) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(logFolder.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 8) + ".sock";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }

    private static void requirePrivate(Path folder, Path logFolder) throws IOException {
        PosixFileAttributes facts =
                Files.readAttributes(folder, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        boolean isPrivate =
                facts.isDirectory()
                        && facts.owner().equals(Files.getOwner(logFolder))
                        && PosixFilePermissions.toString(facts.permissions()).equals(FOLDER_MODE);
        if (!isPrivate) {
            throw new FileSystemException(
                    folder.toString(),
                    null,
                    "must be a folder of the same owner as log_dir with mode 0700; remove it, or"
                            + " set log_dir to a shorter path");
        }
    }
}
