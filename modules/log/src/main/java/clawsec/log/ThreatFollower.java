package clawsec.log;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Follows {@code threats.jsonl} as it grows. When the file is replaced (moved away, removed and
 * made anew) the old one is read to its end first; when it is truncated, reading begins at its
 * start. A line is handed over once it is whole. Confined to one thread.
 */
public final class ThreatFollower implements Closeable {
    private static final int BLOCK_BYTES = 64 * 1024;

    private final Path file;
    private final ThreatQuery query;
    private final byte[] block = new byte[BLOCK_BYTES];
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private @Nullable RandomAccessFile in;
    private @Nullable Object fileKey;
    private long position;
    private long lineLength;
    private long skipped;

    ThreatFollower(Path file, ThreatQuery query, long from) {
        this.file = file;
        this.query = query;
        this.position = from;
    }

    /** Hands over new lines that match as they come, until the pause says to stop. */
    public void follow(Consumer<ThreatLine> sink, Pause pause)
            throws IOException, InterruptedException {
        do {
            poll(sink);
        } while (pause.await());
    }

    /** Hands over the lines that came since the last call and match; does not wait. */
    public void poll(Consumer<ThreatLine> sink) throws IOException {
        while (true) {
            RandomAccessFile open = in == null ? open() : in;
            if (open == null) {
                return;
            }
            // Looked at before the last read: what was written until it was replaced is read.
            boolean isReplaced = !Objects.equals(fileKey, key());
            if (open.length() < position) {
                restart();
            }
            read(open, sink);
            if (!isReplaced) {
                return;
            }
            close();
            restart();
        }
    }

    /** Lines that were no whole record. */
    public long skipped() {
        return skipped;
    }

    /** Releases the file. */
    @Override
    public void close() throws IOException {
        RandomAccessFile open = in;
        in = null;
        if (open != null) {
            open.close();
        }
    }

    /** Opens the file together with its key; null while there is none. */
    private @Nullable RandomAccessFile open() throws IOException {
        while (true) {
            Object before = key();
            if (before == null) {
                return null;
            }
            try {
                RandomAccessFile open = new RandomAccessFile(file.toFile(), "r");
                if (before.equals(key())) {
                    in = open;
                    fileKey = before;
                    return open;
                }
                open.close();
            } catch (FileNotFoundException failure) {
                if (Files.exists(file)) {
                    throw failure;
                }
            }
        }
    }

    private @Nullable Object key() throws IOException {
        try {
            return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
        } catch (NoSuchFileException missing) {
            return null;
        }
    }

    private void restart() {
        if (lineLength > 0) {
            skipped++;
        }
        line.reset();
        lineLength = 0;
        position = 0;
    }

    private void read(RandomAccessFile open, Consumer<ThreatLine> sink) throws IOException {
        open.seek(position);
        for (int count = open.read(block); count > 0; count = open.read(block)) {
            position += count;
            int start = 0;
            for (int i = 0; i < count; i++) {
                if (block[i] == '\n') {
                    keep(start, i);
                    hand(sink);
                    start = i + 1;
                }
            }
            keep(start, count);
        }
    }

    private void keep(int start, int end) {
        lineLength += end - start;
        if (lineLength <= ThreatReader.LINE_LIMIT_BYTES) {
            line.write(block, start, end - start);
        }
    }

    private void hand(Consumer<ThreatLine> sink) {
        if (lineLength > 0) {
            Optional<ThreatLine> parsed =
                    lineLength > ThreatReader.LINE_LIMIT_BYTES
                            ? Optional.empty()
                            : ThreatLineParser.parse(ByteBuffer.wrap(line.toByteArray()));
            if (parsed.isEmpty()) {
                skipped++;
            } else if (query.matches(parsed.get())) {
                sink.accept(parsed.get());
            }
        }
        line.reset();
        lineLength = 0;
    }
}
