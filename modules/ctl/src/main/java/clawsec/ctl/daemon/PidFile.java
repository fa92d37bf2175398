package clawsec.ctl.daemon;

import clawsec.log.LogFolder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * {@code monitor.pid}: the process id of the running monitor, in a file that it holds locked. The
 * kernel drops the lock when the process ends, however it ends, so the lock alone says whether a
 * monitor runs; a file without one is stale, even when its number belongs to a process by now.
 *
 * <p>The file must not be opened a second time in the process that holds it: by the rules of POSIX
 * (fcntl) closing any of its descriptors drops the lock.
 *
 * <p>Guarded by itself.
 */
public final class PidFile implements AutoCloseable {
    /** The file's name in the log folder. */
    public static final String FILE_NAME = "monitor.pid";

    /** How long a lock may be somebody's who only looks whether it is held. */
    static final Duration PATIENCE = Duration.ofMillis(300);

    private static final Duration PAUSE = Duration.ofMillis(10);

    private final Path path;
    private FileChannel channel;
    private Object identity;

    private PidFile(Path path, FileChannel channel, Object identity) {
        this.path = path;
        this.channel = channel;
        this.identity = identity;
    }

    /**
     * Takes the lock and writes this process's id; a stale file is replaced.
     *
     * @return empty where another process holds the lock; found at once where the thread is
     *     interrupted, which it stays
     */
    public static Optional<PidFile> hold(LogFolder folder) throws IOException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        Optional<PidFile> held = attempt(folder);
        while (held.isEmpty() && System.nanoTime() < deadline && pause()) {
            held = attempt(folder);
        }
        return held;
    }

    /** True while a monitor runs with its records in this folder. */
    public static boolean isHeld(Path logFolder) throws IOException {
        Path path = logFolder.resolve(FILE_NAME);
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
                FileLock shared = channel.tryLock(0, Long.MAX_VALUE, true)) {
            return shared == null;
        } catch (OverlappingFileLockException e) {
            return true;
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    /** The process id in the file; empty where there is no such file or no number in it. */
    public static OptionalLong pid(Path logFolder) throws IOException {
        try {
            String text = Files.readString(logFolder.resolve(FILE_NAME)).strip();
            return text.matches("[0-9]{1,18}")
                    ? OptionalLong.of(Long.parseLong(text))
                    : OptionalLong.empty();
        } catch (NoSuchFileException e) {
            return OptionalLong.empty();
        }
    }

    /** False when the file was removed or replaced, so that its lock keeps nobody out. */
    public synchronized boolean isInPlace() throws IOException {
        return FileIdentity.of(path).filter(identity::equals).isPresent();
    }

    /**
     * Takes the lock of a file that was made anew.
     *
     * @return false where another process holds it
     */
    synchronized boolean takeAnew(LogFolder folder) throws IOException {
        Optional<PidFile> taken = hold(folder);
        if (taken.isEmpty()) {
            return false;
        }
        channel.close();
        channel = taken.get().channel;
        identity = taken.get().identity;
        return true;
    }

    /** Removes the file and drops the lock, in this order: nobody else can have taken it. */
    @Override
    public synchronized void close() throws IOException {
        try (FileChannel last = channel) {
            if (isInPlace()) {
                Files.deleteIfExists(path);
            }
        }
    }

    private static Optional<PidFile> attempt(LogFolder folder) throws IOException {
        Path path = folder.privateFile(FILE_NAME);
        Optional<Object> identity = FileIdentity.of(path);
        FileChannel channel;
        try {
            channel = FileChannel.open(path, StandardOpenOption.WRITE);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
        try {
            // A monitor that ends removes its file: a lock on a nameless file is worth nothing.
            if (isLocked(channel)
                    && identity.isPresent()
                    && identity.equals(FileIdentity.of(path))) {
                byte[] line =
                        (ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII);
                channel.truncate(0).write(ByteBuffer.wrap(line));
                return Optional.of(new PidFile(path, channel, identity.get()));
            }
        } catch (IOException e) {
            channel.close();
            // The disk may be full, which says no path.
            throw e instanceof FileSystemException
                    ? e
                    : new FileSystemException(path.toString(), null, e.getMessage());
        }
        channel.close();
        return Optional.empty();
    }

    private static boolean isLocked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false; // held by this very process
        }
    }

    /** False when the thread is to stop, which ends the waiting. */
    private static boolean pause() {
        try {
            Thread.sleep(PAUSE);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
