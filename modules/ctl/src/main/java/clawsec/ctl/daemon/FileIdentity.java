package clawsec.ctl.daemon;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/** What tells a file from another that gets its name later: device and inode. */
final class FileIdentity {
    private FileIdentity() {}

    /** Empty where nothing has that name. */
    static Optional<Object> of(Path path) throws IOException {
        try {
            return Optional.ofNullable(
                    Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                            .fileKey());
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }
}
