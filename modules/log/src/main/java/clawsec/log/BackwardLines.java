package clawsec.log;

import java.io.Closeable;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Optional;

/**
 * A file's lines from its end to its beginning, read in blocks; memory does not grow with the file.
 * What is appended after it was opened is not seen. Confined to one thread.
 */
final class BackwardLines implements Closeable {
    static final int BLOCK_BYTES = 64 * 1024;

    private final RandomAccessFile in;
    private final int limitBytes;
    private final long size;

    /** The block in hand, where it lies in the file, and how much of it is not handed out yet. */
    private final byte[] block = new byte[BLOCK_BYTES];

    private long blockOffset;
    private int remaining;

    private boolean isEnded;
    private boolean isAtBeginning;
    private long tooLong;

    private BackwardLines(RandomAccessFile in, int limitBytes) throws IOException {
        this.in = in;
        this.limitBytes = limitBytes;
        this.size = in.length();
        this.blockOffset = size;
        this.isAtBeginning = size == 0;
    }

    /**
     * @param limitBytes a longer line is skipped and counted
     * @throws NoSuchFileException when there is no such file
     */
    static BackwardLines open(Path file, int limitBytes) throws IOException {
        RandomAccessFile in = openOrMissing(file);
        try {
            return new BackwardLines(in, limitBytes);
        } catch (IOException failure) {
            in.close();
            throw failure;
        }
    }

    private static RandomAccessFile openOrMissing(Path file) throws IOException {
        try {
            return new RandomAccessFile(file.toFile(), "r");
        } catch (FileNotFoundException failure) {
            // Says "not found" also where permission is what is missing, to the file or to its
            // folder; this throws what is true of the second.
            Files.readAttributes(file, BasicFileAttributes.class);
            throw failure;
        }
    }

    /** The file's size when it was opened. */
    long size() {
        return size;
    }

    /** Lines longer than the limit so far. */
    long tooLong() {
        return tooLong;
    }

    /** The line before; blank ones are left out. Empty at the file's beginning. */
    Optional<Line> next() throws IOException {
        while (!isAtBeginning) {
            Optional<Line> line = previous();
            if (line.isPresent() && line.get().bytes().hasRemaining()) {
                return line;
            }
        }
        return Optional.empty();
    }

    /** The bytes back to the newline before; empty when there are too many. */
    private Optional<Line> previous() throws IOException {
        boolean endsWithNewline = isEnded;
        Deque<byte[]> pieces = new ArrayDeque<>();
        long length = 0;
        while (true) {
            if (remaining == 0 && !readBlock()) {
                isAtBeginning = true;
                break;
            }
            int start = remaining;
            while (start > 0 && block[start - 1] != '\n') {
                start--;
            }
            length += remaining - start;
            if (length <= limitBytes) {
                pieces.addFirst(Arrays.copyOfRange(block, start, remaining));
            } else {
                pieces.clear();
            }
            remaining = start;
            if (start > 0) {
                remaining--;
                isEnded = true;
                break;
            }
        }
        if (length > limitBytes) {
            tooLong++;
            return Optional.empty();
        }
        long offset = blockOffset + remaining + (isAtBeginning ? 0 : 1);
        return Optional.of(new Line(offset, joined(pieces, (int) length), endsWithNewline));
    }

    private boolean readBlock() throws IOException {
        int length = (int) Math.min(BLOCK_BYTES, blockOffset);
        if (length == 0) {
            return false;
        }
        blockOffset -= length;
        in.seek(blockOffset);
        try {
            in.readFully(block, 0, length);
        } catch (EOFException truncated) {
            // Truncated while it is read: what was here is gone, and so is what follows it.
            Arrays.fill(block, 0, length, (byte) '\n');
        }
        remaining = length;
        return true;
    }

    private static ByteBuffer joined(Deque<byte[]> pieces, int length) {
        ByteBuffer whole = ByteBuffer.allocate(length);
        pieces.forEach(whole::put);
        return whole.flip();
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    /**
     * @param offset of its first byte in the file
     * @param isEnded false for what stands after the file's last newline
     */
    record Line(long offset, ByteBuffer bytes, boolean isEnded) {}
}
