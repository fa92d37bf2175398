package clawsec.ca;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Who may read and replace the root. The attack: the default folder lies in {@code /tmp}, so
 * another user of the machine could make it first, with a root whose key he keeps; or read a key
 * that a careless copy left open. So the folder and both files must belong to this user or to the
 * system's, nobody else may write to the folder, and an open key file is closed or refused.
 */
final class Permissions {
    static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");
    static final Set<PosixFilePermission> READABLE = PosixFilePermissions.fromString("rw-r--r--");
    private static final Set<PosixFilePermission> OWNER_FOLDER =
            PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> TOO_OPEN =
            EnumSet.of(
                    PosixFilePermission.GROUP_WRITE,
                    PosixFilePermission.OTHERS_READ,
                    PosixFilePermission.OTHERS_WRITE);
    private static final String SYSTEM_USER = "root";
    private static final int STICKY = 01000;

    private Permissions() {}

    static FileAttribute<Set<PosixFilePermission>> asAttribute(
            Set<PosixFilePermission> permissions) {
        return PosixFilePermissions.asFileAttribute(permissions);
    }

    /** Makes the folder, and those above it, for the owner alone where they are missing. */
    static void makeFolder(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder, asAttribute(OWNER_FOLDER));
            Files.setPosixFilePermissions(folder, OWNER_FOLDER);
        }
    }

    /** Refuses a folder in which another user could put files in place of ours. */
    static void checkFolder(Path folder) throws CaException {
        checkOwner(folder);
        try {
            boolean isOpen =
                    Files.getPosixFilePermissions(folder)
                            .contains(PosixFilePermission.OTHERS_WRITE);
            if (isOpen && ((int) Files.getAttribute(folder, "unix:mode") & STICKY) == 0) {
                throw new CaException(
                        folder
                                + " can be written by every user of this machine ("
                                + describe(folder)
                                + "), so any of them could replace the root. Run: chmod go-w "
                                + folder);
            }
        } catch (IOException e) {
            throw new CaException(folder + " cannot be looked at: " + e, e);
        }
    }

    /**
     * What others may do in a folder that was there before, which is left as it is: it may hold
     * more than ours.
     *
     * @return a note for the log
     */
    static Optional<String> noteFolder(Path folder) throws CaException {
        try {
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(folder);
            return permissions.stream().noneMatch(each -> each.name().startsWith("OTHERS_"))
                    ? Optional.empty()
                    : Optional.of(
                            folder
                                    + " is open to other users of this machine ("
                                    + PosixFilePermissions.toString(permissions)
                                    + "); the key in it is not. To close the folder too, run:"
                                    + " chmod 700 "
                                    + folder);
        } catch (IOException e) {
            throw new CaException(folder + " cannot be looked at: " + e, e);
        }
    }

    /** Refuses what belongs to another user, who could know or change it. */
    static void checkOwner(Path path) throws CaException {
        Optional<String> user = ProcessHandle.current().info().user();
        if (user.isEmpty()) {
            return; // a container's user without a name; such a container has no other users
        }
        try {
            String owner = Files.getOwner(path).getName();
            if (!owner.equals(user.get()) && !owner.equals(SYSTEM_USER)) {
                throw new CaException(
                        path
                                + " belongs to "
                                + owner
                                + ", not to "
                                + user.get()
                                + " who runs this, so its owner could read all traffic. Choose"
                                + " another log_dir, or remove it.");
            }
        } catch (IOException e) {
            throw new CaException(path + " cannot be looked at: " + e, e);
        }
    }

    /**
     * Takes away what others may do with the key. Where that is not allowed (a mounted secret),
     * reading by the group is let pass, anything more is refused.
     *
     * @return what was done, for the log
     */
    static Optional<String> tightenKey(Path keyFile) throws CaException {
        checkOwner(keyFile);
        String before = describe(keyFile);
        Set<PosixFilePermission> permissions;
        try {
            permissions = Files.getPosixFilePermissions(keyFile);
        } catch (IOException e) {
            throw new CaException(keyFile + " cannot be looked at: " + e, e);
        }
        Set<PosixFilePermission> wanted = EnumSet.noneOf(PosixFilePermission.class);
        for (PosixFilePermission permission : permissions) {
            if (permission.name().startsWith("OWNER_")) {
                wanted.add(permission);
            }
        }
        if (wanted.equals(permissions)) {
            return Optional.empty();
        }
        try {
            Files.setPosixFilePermissions(keyFile, wanted);
            return Optional.of(
                    keyFile + " was open to others (" + before + "); now only its owner may read");
        } catch (IOException e) {
            if (permissions.stream().noneMatch(TOO_OPEN::contains)) {
                return Optional.empty();
            }
            throw new CaException(
                    keyFile
                            + " is open to others ("
                            + before
                            + "), and closing it failed. Run: chmod 600 "
                            + keyFile,
                    e);
        }
    }

    static String user() {
        return ProcessHandle.current().info().user().orElse("this user");
    }

    /** Owner and mode, for a message. */
    static String describe(Path path) {
        try {
            PosixFileAttributes attributes = Files.readAttributes(path, PosixFileAttributes.class);
            return attributes.owner().getName()
                    + " "
                    + PosixFilePermissions.toString(attributes.permissions());
        } catch (IOException e) {
            return "owner and mode unknown";
        }
    }
}
