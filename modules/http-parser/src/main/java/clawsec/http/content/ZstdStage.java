package clawsec.http.content;

import clawsec.http.zstd.BlockDecoder;
import clawsec.http.zstd.FrameHeader;
import clawsec.http.zstd.Window;
import clawsec.http.zstd.WindowMemory;
import clawsec.http.zstd.XxHash64;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The zstd coding (RFC 8878, RFC 9659): frames, each a header, blocks and perhaps a checksum. A
 * block is given out when its last byte is there, an uncompressed one as it comes. The text of
 * skippable frames is handed over beside the content, as a decoder that drops it hides it.
 */
final class ZstdStage implements Stage {
    /** RFC 9659 §3: a window above 8 MB is not to be sent; it would be held for the message. */
    static final int WINDOW_BYTES = 8 << 20;

    /** All windows together hold as much as they may. */
    private static final String NO_ROOM = "no memory for a zstd window";

    private enum State {
        MAGIC,
        SKIPPED_LENGTH,
        SKIPPED,
        HEADER,
        BLOCK_HEADER,
        RAW,
        RLE,
        COMPRESSED,
        CHECKSUM
    }

    private static final int MAGIC = 0xfd2fb528;

    /** RFC 8878 §3.1.2: the lowest four bits may be any. */
    private static final int SKIPPABLE = 0x184d2a50;

    private static final int BLOCK_HEADER_BYTES = 3;
    private static final int FIRST_BYTES = 4096;

    private final Budget budget;
    private State state = State.MAGIC;

    /** What is collected until it is whole: a number, a header or a compressed block. */
    private byte[] collected = new byte[FrameHeader.MOST_BYTES];

    private int collectedBytes;
    private FrameHeader frame = new FrameHeader(0, 0, 0, false);
    private @Nullable Window window;
    private @Nullable BlockDecoder blocks;
    private @Nullable XxHash64 hash;
    private boolean isFirstFrame = true;
    private boolean isLastBlock;

    /** Of the block or the skippable frame, what is still to come. */
    private long leftBytes;

    private long frameBytes;
    private long decodedBytes;
    private @Nullable String flaw;

    ZstdStage(Budget budget) {
        this.budget = budget;
    }

    @Override
    public String coding() {
        return "zstd";
    }

    @Override
    public Optional<String> decode(
            ByteBuffer in, Consumer<ByteBuffer> sink, Consumer<ByteBuffer> aside) {
        while (in.hasRemaining()) {
            String stopped =
                    switch (state) {
                        case MAGIC -> magic(in);
                        case SKIPPED_LENGTH -> skippedLength(in);
                        case SKIPPED -> skipped(in, aside);
                        case HEADER -> header(in);
                        case BLOCK_HEADER -> blockHeader(in);
                        case RAW -> raw(in, sink);
                        case RLE -> rle(in, sink);
                        case COMPRESSED -> compressed(in, sink);
                        case CHECKSUM -> checksum(in);
                    };
            if (stopped != null) {
                return Optional.of(stopped);
            }
        }
        return Optional.empty();
    }

    @Override
    public Optional<String> end() {
        // a checksum that is cut short is no loss
        boolean isWhole = state == State.CHECKSUM || state == State.MAGIC && collectedBytes == 0;
        return isWhole ? Optional.empty() : Optional.of("incomplete zstd");
    }

    @Override
    public ByteBuffer heldBack() {
        return ByteBuffer.wrap(Arrays.copyOf(collected, collectedBytes));
    }

    @Override
    public boolean isProven() {
        return !isFirstFrame;
    }

    @Override
    public Optional<String> flaw() {
        return Optional.ofNullable(flaw);
    }

    @Override
    public void close() {
        closeWindow();
        collected = new byte[0];
        collectedBytes = 0;
    }

    private @Nullable String magic(ByteBuffer in) {
        // byte by byte, so that what is no magic is known, and given back, at its first byte
        int expected = MAGIC >>> 8 * collectedBytes & 0xff;
        int skippable = SKIPPABLE >>> 8 * collectedBytes & 0xff;
        int octet = in.get(in.position()) & 0xff;
        boolean isFrame =
                octet == expected && (collectedBytes == 0 || collected[0] == (byte) MAGIC);
        boolean isSkippable =
                collectedBytes == 0
                        ? (octet & 0xf0) == skippable
                        : octet == skippable && collected[0] != (byte) MAGIC;
        if (!isFrame && !isSkippable) {
            return isFirstFrame ? "broken zstd" : "bytes after zstd";
        }
        collected[collectedBytes++] = in.get();
        if (collectedBytes == Integer.BYTES) {
            collectedBytes = 0;
            state = isFrame ? State.HEADER : State.SKIPPED_LENGTH;
        }
        return null;
    }

    private @Nullable String skippedLength(ByteBuffer in) {
        if (collect(in, Integer.BYTES)) {
            leftBytes = number(Integer.BYTES);
            state = leftBytes == 0 ? State.MAGIC : State.SKIPPED;
        }
        return null;
    }

    private @Nullable String skipped(ByteBuffer in, Consumer<ByteBuffer> aside) {
        ByteBuffer text = part(in);
        if (leftBytes == 0) {
            state = State.MAGIC;
            byte[] line = Arrays.copyOf(bytes(text), text.remaining() + 1);
            line[line.length - 1] = '\n';
            aside.accept(ByteBuffer.wrap(line));
        } else {
            aside.accept(ByteBuffer.wrap(bytes(text)));
        }
        return null;
    }

    private @Nullable String header(ByteBuffer in) {
        byte descriptor = collectedBytes == 0 ? in.get(in.position()) : collected[0];
        if (FrameHeader.isReserved(descriptor)) {
            return "broken zstd";
        }
        if (!collect(in, FrameHeader.length(descriptor))) {
            return null;
        }
        frame = FrameHeader.parse(collected);
        if (frame.dictionary() != 0) {
            return "zstd dictionary";
        }
        // an unsigned number in the header
        if (Long.compareUnsigned(frame.windowBytes(), WINDOW_BYTES) > 0) {
            return "zstd window exceeds " + WINDOW_BYTES + " bytes";
        }
        window = new Window((int) frame.windowBytes(), WindowMemory.SHARED);
        blocks = new BlockDecoder(window);
        hash = frame.hasChecksum() ? new XxHash64() : null;
        frameBytes = 0;
        state = State.BLOCK_HEADER;
        return null;
    }

    private @Nullable String blockHeader(ByteBuffer in) {
        if (!collect(in, BLOCK_HEADER_BYTES)) {
            return null;
        }
        int header = (int) number(BLOCK_HEADER_BYTES);
        isLastBlock = (header & 1) != 0;
        leftBytes = header >>> 3;
        state =
                switch (header >>> 1 & 3) {
                    case 0 -> State.RAW;
                    case 1 -> State.RLE;
                    case 2 -> State.COMPRESSED;
                    default -> State.BLOCK_HEADER;
                };
        if (state == State.BLOCK_HEADER || leftBytes > window().blockBytes()) {
            return "broken zstd";
        }
        return state == State.RAW && leftBytes == 0 ? endBlock() : null;
    }

    private @Nullable String raw(ByteBuffer in, Consumer<ByteBuffer> sink) {
        ByteBuffer part = part(in);
        if (!give(part.duplicate(), sink)) {
            return budget.reason(decodedBytes);
        }
        if (!isLastBlock && !window().remember(part)) {
            return NO_ROOM;
        }
        return leftBytes == 0 ? endBlock() : null;
    }

    private @Nullable String rle(ByteBuffer in, Consumer<ByteBuffer> sink) {
        window().fill(in.get(), (int) leftBytes);
        return giveBlock(sink);
    }

    private @Nullable String compressed(ByteBuffer in, Consumer<ByteBuffer> sink) {
        int size = (int) leftBytes;
        if (collectedBytes == 0 && in.hasArray() && in.remaining() >= size) {
            int from = in.arrayOffset() + in.position();
            if (!blocks().decode(in.array(), from, from + size)) {
                return "broken zstd";
            }
            in.position(in.position() + size);
            return giveBlock(sink);
        }
        if (!collect(in, size)) {
            return null;
        }
        if (!blocks().decode(collected, 0, size)) {
            collectedBytes = size;
            return "broken zstd";
        }
        return giveBlock(sink);
    }

    private @Nullable String giveBlock(Consumer<ByteBuffer> sink) {
        if (!give(window().block(), sink)) {
            return budget.reason(decodedBytes);
        }
        return isLastBlock || window().remember() ? endBlock() : NO_ROOM;
    }

    private boolean give(ByteBuffer bytes, Consumer<ByteBuffer> sink) {
        if (hash != null) {
            hash.update(bytes);
        }
        int count = bytes.remaining();
        int granted = budget.grant(decodedBytes, count);
        decodedBytes += count;
        frameBytes += count;
        sink.accept(bytes.limit(bytes.position() + granted));
        return !budget.isExceededBy(decodedBytes);
    }

    private @Nullable String endBlock() {
        if (!isLastBlock) {
            state = State.BLOCK_HEADER;
            return null;
        }
        closeWindow();
        isFirstFrame = false;
        if (frame.contentBytes() >= 0 && frame.contentBytes() != frameBytes) {
            flaw = "wrong zstd length";
        }
        state = hash == null ? State.MAGIC : State.CHECKSUM;
        return null;
    }

    private @Nullable String checksum(ByteBuffer in) {
        if (collect(in, Integer.BYTES)) {
            if (hash != null && (int) hash.value() != (int) number(Integer.BYTES)) {
                flaw = "wrong zstd checksum";
            }
            state = State.MAGIC;
        }
        return null;
    }

    /** Takes bytes until there are {@code wanted}; true when there are, and then starts anew. */
    private boolean collect(ByteBuffer in, int wanted) {
        int count = Math.min(wanted - collectedBytes, in.remaining());
        if (collectedBytes + count > collected.length) {
            int doubled = Math.max(2 * collected.length, FIRST_BYTES);
            int size = Math.min(Math.max(doubled, collectedBytes + count), Window.BLOCK_BYTES);
            collected = Arrays.copyOf(collected, size);
        }
        in.get(collected, collectedBytes, count);
        collectedBytes += count;
        if (collectedBytes < wanted) {
            return false;
        }
        collectedBytes = 0;
        return true;
    }

    /** What {@link #collect} took, in little endian. */
    private long number(int bytes) {
        long number = ByteBuffer.wrap(collected).order(ByteOrder.LITTLE_ENDIAN).getLong(0);
        return number & (1L << 8 * bytes) - 1;
    }

    /** What is there of the bytes left. */
    private ByteBuffer part(ByteBuffer in) {
        int count = (int) Math.min(leftBytes, in.remaining());
        leftBytes -= count;
        ByteBuffer part = in.slice(in.position(), count);
        in.position(in.position() + count);
        return part;
    }

    private static byte[] bytes(ByteBuffer in) {
        byte[] bytes = new byte[in.remaining()];
        in.get(in.position(), bytes);
        return bytes;
    }

    private void closeWindow() {
        if (window != null) {
            window.close();
            window = null;
        }
        blocks = null;
    }

    private Window window() {
        if (window == null) {
            throw new IllegalStateException("no frame was begun");
        }
        return window;
    }

    private BlockDecoder blocks() {
        if (blocks == null) {
            throw new IllegalStateException("no frame was begun");
        }
        return blocks;
    }
}
