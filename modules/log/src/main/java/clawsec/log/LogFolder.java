package clawsec.log;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The folder that {@code log_dir} names, found safe to write to. Its default lies in {@code /tmp},
 * where anybody may have put something of that name first: a folder that is a symbolic link, that
 * another user owns, or that others may write to is refused, since its owner could redirect what is
 * written. Inside a folder that passed, only this user can make links. Immutable.
 */
public final class LogFolder {
    private static final Set<PosixFilePermission> FOLDER_MODE =
            PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> FILE_MODE =
            PosixFilePermissions.fromString("rw-------");

    private final Path path;

    private LogFolder(Path path) {
        this.path = path;
    }

    /**
     * Makes the folder (0700 under any umask) and those above it where they are missing, and checks
     * it.
     *
     * @throws FileSystemException when it is not safe or cannot be made; the message names the
     *     folder, what is wrong and what to do
     */
    public static LogFolder open(Path folder) throws IOException {
        Path path = folder.toAbsolutePath();
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            create(path);
        }
        return checked(path, user());
    }

    /** As {@link #open}, but makes nothing: empty where there is no such folder. */
    public static Optional<LogFolder> find(Path folder) throws IOException {
        Path path = folder.toAbsolutePath();
        return Files.exists(path, LinkOption.NOFOLLOW_LINKS)
                ? Optional.of(checked(path, user()))
                : Optional.empty();
    }

    /** The folder, absolute. */
    public Path path() {
        return path;
    }

    /**
     * Makes a file of that name in the folder unless it is there, and sees to it that it is a
     * regular file of this user with mode 0600, whatever the umask.
     *
     * @return its path; opening it follows no link that another user made
     * @throws FileSystemException when something else has that name
     */
    public Path privateFile(String name) throws IOException {
        Path file = path.resolve(name);
        try {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(FILE_MODE));
        } catch (FileAlreadyExistsException exists) {
            // Never followed when created (O_EXCL); what is there is looked at below.
        } catch (IOException failure) {
            throw refusal(
                    file,
                    "cannot be made (" + Failures.words(failure) + "); check the disk and the path",
                    failure);
        }
        PosixFileAttributes facts = facts(file);
        if (!facts.isRegularFile()) {
            throw refusal(file, "is " + kind(facts) + ", not a file; remove it");
        }
        if (!facts.owner().equals(facts(path).owner())) {
            throw foreign(file, facts);
        }
        if (!facts.permissions().equals(FILE_MODE)) {
            Files.setPosixFilePermissions(file, FILE_MODE);
        }
        return file;
    }

    private static void create(Path path) throws IOException {
        FileAttribute<?> mode = PosixFilePermissions.asFileAttribute(FOLDER_MODE);
        try {
            Path parent = path.getParent();
            if (parent != null) {
                Files.createDirectories(parent, mode);
            }
            createUnlessThere(path, mode);
        } catch (IOException failure) {
            throw refusal(
                    path,
                    "log folder cannot be made ("
                            + Failures.words(failure)
                            + "); set log_dir to a folder this user may write to",
                    failure);
        }
    }

    private static void createUnlessThere(Path path, FileAttribute<?> mode) throws IOException {
        try {
            Files.createDirectory(path, mode);
        } catch (FileAlreadyExistsException exists) {
            // Another process was first, or the name is taken; the check says which.
            return;
        }
        // A umask can take bits away from the owner too.
        Files.setPosixFilePermissions(path, FOLDER_MODE);
    }

    /**
     * The folder, found safe.
     *
     * @param user name of the user that runs this; null where it has none
     */
    static LogFolder checked(Path path, @Nullable String user) throws IOException {
        PosixFileAttributes facts = facts(path);
        if (!facts.isDirectory()) {
            throw refusal(
                    path,
                    "log folder is "
                            + kind(facts)
                            + "; remove it or set log_dir to a real folder of your own");
        }
        boolean isOwn =
                user == null
                        ? facts.owner().equals(ownerOfNewFile(path))
                        : facts.owner().getName().equals(user);
        if (!isOwn) {
            throw foreign(path, facts);
        }
        if (facts.permissions().contains(PosixFilePermission.GROUP_WRITE)
                || facts.permissions().contains(PosixFilePermission.OTHERS_WRITE)) {
            throw refusal(
                    path,
                    "log folder can be written to by others ("
                            + PosixFilePermissions.toString(facts.permissions())
                            + "); look at what is in it, then run: chmod 700 "
                            + path);
        }
        return new LogFolder(path);
    }

    private static @Nullable String user() {
        return ProcessHandle.current().info().user().orElse(null);
    }

    /**
     * Who a user without a name is, such as one that a container was given by number; null where it
     * may make no file in the folder, which then is not its own.
     */
    private static @Nullable UserPrincipal ownerOfNewFile(Path folder) throws IOException {
        try {
            Path file = Files.createTempFile(folder, ".owner", "");
            try {
                return Files.getOwner(file);
            } finally {
                Files.delete(file);
            }
        } catch (AccessDeniedException denied) {
            return null;
        }
    }

    private static FileSystemException foreign(Path path, PosixFileAttributes facts) {
        String self = user();
        return refusal(
                path,
                "belongs to user "
                        + facts.owner().getName()
                        + ", not to "
                        + (self == null ? "the one who runs this" : self)
                        + "; remove it or set log_dir to a folder of your own");
    }

    private static FileSystemException refusal(Path path, String reason) {
        return new FileSystemException(path.toString(), null, reason);
    }

    private static FileSystemException refusal(Path path, String reason, IOException cause) {
        FileSystemException refusal = refusal(path, reason);
        refusal.initCause(cause);
        return refusal;
    }

    private static PosixFileAttributes facts(Path path) throws IOException {
        return Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }

    private static String kind(PosixFileAttributes facts) {
        if (facts.isSymbolicLink()) {
            return "a symbolic link";
        }
        if (facts.isDirectory()) {
            return "a folder";
        }
        return facts.isRegularFile() ? "a file" : "a special file";
    }
}
