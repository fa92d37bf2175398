package clawsec.ca;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;
import java.util.UUID;

/** Writes a file so that it is there whole or not at all, also after a power cut. */
final class DurableFile {
    private DurableFile() {}

    /** Writes beside the target, forces to disk, renames, and forces the folder. */
    static void write(Path folder, String name, String text, Set<PosixFilePermission> permissions)
            throws IOException {
        Path file = folder.resolve(name);
        Path temporary = folder.resolve("." + name + "." + UUID.randomUUID());
        try {
            try (FileChannel channel =
                    FileChannel.open(
                            temporary,
                            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                            Permissions.asAttribute(permissions))) {
                // The umask may have taken bits away from what was asked for.
                Files.setPosixFilePermissions(temporary, permissions);
                ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException e) {
            throw e;
        } catch (IOException e) {
            // A write to a full disk says no path.
            FileSystemException failure =
                    new FileSystemException(file.toString(), null, e.getMessage());
            failure.initCause(e);
            throw failure;
        } finally {
            Files.deleteIfExists(temporary);
        }
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
