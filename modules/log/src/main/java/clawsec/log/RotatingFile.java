package clawsec.log;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;

/**
 * A file of lines that begins anew when it would pass a size; earlier ones are kept as {@code .1}
 * (the newest) and so on. Confined to the holder of its owner's lock.
 */
final class RotatingFile implements Closeable {
    private final Path path;
    private final LineFile.Opener opener;
    private final long limitBytes;
    private final int earlierFilesLimit;
    private @Nullable LineFile file;

    private RotatingFile(
            Path path, LineFile.Opener opener, long limitBytes, int earlierFilesLimit) {
        this.path = path;
        this.opener = opener;
        this.limitBytes = limitBytes;
        this.earlierFilesLimit = earlierFilesLimit;
    }

    /**
     * @param opener opens the file at {@code path}
     * @param limitBytes size that no file passes, but for a line that is longer alone
     */
    static RotatingFile open(
            Path path, LineFile.Opener opener, long limitBytes, int earlierFilesLimit)
            throws IOException {
        RotatingFile rotating = new RotatingFile(path, opener, limitBytes, earlierFilesLimit);
        rotating.file = opener.open();
        return rotating;
    }

    /** Hands whole lines to the kernel in one write. */
    void append(byte[] lines) throws IOException {
        try {
            LineFile open = file == null ? reopen() : file;
            long size = open.size();
            if (size < 0) {
                open = reopen();
            } else if (size > 0 && size + lines.length > limitBytes) {
                rotate();
                open = reopen();
            }
            open.append(lines);
        } catch (IOException problem) {
            close();
            throw new IOException("cannot write " + path + ": " + Failures.words(problem), problem);
        }
    }

    @Override
    public void close() throws IOException {
        LineFile open = file;
        file = null;
        if (open != null) {
            open.close();
        }
    }

    private LineFile reopen() throws IOException {
        close();
        LineFile open = opener.open();
        file = open;
        return open;
    }

    private void rotate() throws IOException {
        for (int age = earlierFilesLimit; age > 0; age--) {
            Path younger = age == 1 ? path : earlier(age - 1);
            try {
                Files.move(younger, earlier(age), StandardCopyOption.REPLACE_EXISTING);
            } catch (NoSuchFileException missing) {
                // Not so many yet.
            }
        }
    }

    private Path earlier(int age) {
        return path.resolveSibling(path.getFileName() + "." + age);
    }
}
