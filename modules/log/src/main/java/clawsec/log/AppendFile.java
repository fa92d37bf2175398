package clawsec.log;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A {@link LineFile} opened with O_APPEND. A {@code FileOutputStream} and no {@code FileChannel}:
 * an interrupted virtual thread would close a channel for everybody. What an earlier process left
 * without a newline stays a line of its own.
 */
final class AppendFile implements LineFile {
    static final int ABSENT = -1;

    private final Path path;
    private final @Nullable Object fileKey;
    private final FileOutputStream out;
    private boolean endsMidLine;

    private AppendFile(
            Path path, @Nullable Object fileKey, FileOutputStream out, boolean endsMidLine) {
        this.path = path;
        this.fileKey = fileKey;
        this.out = out;
        this.endsMidLine = endsMidLine;
    }

    /** Opens the file of that name in the folder, made 0600 where it is missing. */
    static AppendFile open(LogFolder folder, String name) throws IOException {
        return open(folder.privateFile(name));
    }

    /** Opens a file without looking at what it is. */
    static AppendFile open(Path path) throws IOException {
        boolean endsMidLine = endsMidLine(path);
        FileOutputStream out = new FileOutputStream(path.toFile(), true);
        try {
            return new AppendFile(path, facts(path).fileKey(), out, endsMidLine);
        } catch (IOException failure) {
            out.close();
            throw failure;
        }
    }

    @Override
    public void append(byte[] line) throws IOException {
        if (!endsMidLine) {
            out.write(line);
            return;
        }
        byte[] apart = new byte[line.length + 1];
        apart[0] = '\n';
        System.arraycopy(line, 0, apart, 1, line.length);
        out.write(apart);
        endsMidLine = false;
    }

    @Override
    public long size() throws IOException {
        try {
            BasicFileAttributes facts = facts(path);
            return Objects.equals(facts.fileKey(), fileKey) ? facts.size() : ABSENT;
        } catch (NoSuchFileException missing) {
            return ABSENT;
        }
    }

    @Override
    public void close() throws IOException {
        out.close();
    }

    private static boolean endsMidLine(Path path) throws IOException {
        if (Files.size(path) == 0) {
            return false;
        }
        try (RandomAccessFile in = new RandomAccessFile(path.toFile(), "r")) {
            in.seek(in.length() - 1);
            return in.read() != '\n';
        }
    }

    private static BasicFileAttributes facts(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }
}
