package clawsec.http.zstd;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * What was decoded of one frame: the present block, and behind it as many bytes as the frame's
 * window holds, in a ring. The ring grows with what is decoded, whatever window the header claims.
 *
 * <pre>{@code
 * ┌──────────── ring ────────────┐┌──── block ────┐
 * … a window of past blocks …     what is appended
 *        ▲──────── offset ───────────────┘ copyMatch
 * }</pre>
 */
public final class Window {
    /** RFC 8878 §3.1.1.2.4: no block is larger, decoded. */
    public static final int BLOCK_BYTES = 1 << 17;

    private static final int FIRST_BYTES = 4096;

    /** Copies go in steps of eight bytes, and may write so many beyond their end. */
    private static final int SLACK = Long.BYTES;

    private final int windowBytes;
    private final int blockBytes;
    private final WindowMemory memory;
    private byte[] block = {};
    private int blockLength;
    private byte[] ring = {};
    private int ringLength;
    private int ringPlace;

    /**
     * @param memory what the ring is taken from, until this is closed
     */
    public Window(int windowBytes, WindowMemory memory) {
        this.windowBytes = windowBytes;
        this.memory = memory;
        this.blockBytes = Math.min(windowBytes, BLOCK_BYTES);
    }

    /** The most bytes that a block of this frame may hold, decoded or not. */
    public int blockBytes() {
        return blockBytes;
    }

    /** Gives the memory back; this is of no use any more. */
    public void close() {
        memory.release(ring.length);
        ring = new byte[0];
        ringLength = 0;
        blockLength = 0;
    }

    /** The present block, good until it changes. */
    public ByteBuffer block() {
        return ByteBuffer.wrap(block, 0, blockLength);
    }

    /** Appends one byte many times to the block. */
    public void fill(byte octet, int count) {
        ensure(count);
        Arrays.fill(block, blockLength, blockLength + count, octet);
        blockLength += count;
    }

    /** Ends the block, whose bytes later blocks may refer to; false when there is no room. */
    public boolean remember() {
        ByteBuffer bytes = block();
        blockLength = 0;
        return remember(bytes);
    }

    /** Puts bytes behind those of past blocks; they are consumed. False when there is no room. */
    public boolean remember(ByteBuffer bytes) {
        if (bytes.remaining() > windowBytes) {
            bytes.position(bytes.limit() - windowBytes);
        }
        if (!grow(bytes.remaining())) {
            return false;
        }
        while (bytes.hasRemaining()) {
            int count = Math.min(bytes.remaining(), ring.length - ringPlace);
            bytes.get(ring, ringPlace, count);
            ringPlace += count;
            ringLength = Math.max(ringLength, ringPlace);
            if (ringPlace == windowBytes) {
                ringPlace = 0;
            }
        }
        return true;
    }

    /** Appends literals; false when the block would become too large. */
    boolean append(byte[] source, int from, int count) {
        if (count > blockBytes - blockLength) {
            return false;
        }
        ensure(count);
        System.arraycopy(source, from, block, blockLength, count);
        blockLength += count;
        return true;
    }

    /** Appends a copy of what stands {@code offset} bytes back; false when that is nowhere. */
    boolean copyMatch(int offset, int count) {
        if (count > blockBytes - blockLength || offset > blockLength + ringLength || offset <= 0) {
            return false;
        }
        ensure(count);
        int rest = count;
        if (offset > blockLength) {
            rest -= copyPast(offset - blockLength, count);
        }
        copyWithin(offset, rest);
        return true;
    }

    /** What stands before the block; the number of bytes. */
    private int copyPast(int back, int most) {
        int count = Math.min(back, most);
        // The ring has only wrapped round once it is as large as the window.
        int from = ringPlace - back < 0 ? ringPlace - back + ringLength : ringPlace - back;
        int straight = Math.min(count, ringLength - from);
        System.arraycopy(ring, from, block, blockLength, straight);
        System.arraycopy(ring, 0, block, blockLength + straight, count - straight);
        blockLength += count;
        return count;
    }

    private void copyWithin(int offset, int count) {
        byte[] bytes = block;
        int to = blockLength;
        int end = to + count;
        blockLength = end;
        if (offset >= Long.BYTES) {
            while (to < end) {
                ReverseBits.LONGS.set(bytes, to, (long) ReverseBits.LONGS.get(bytes, to - offset));
                to += Long.BYTES;
            }
        } else {
            while (to < end) {
                bytes[to] = bytes[to - offset];
                to++;
            }
        }
    }

    private void ensure(int count) {
        if (blockLength + count + SLACK > block.length) {
            int wanted = Math.max(blockLength + count, Math.min(2 * block.length, blockBytes));
            block =
                    Arrays.copyOf(
                            block, Math.max(wanted, Math.min(FIRST_BYTES, blockBytes)) + SLACK);
        }
    }

    private boolean grow(int count) {
        int wanted = (int) Math.min((long) ringLength + count, windowBytes);
        if (wanted <= ring.length) {
            return true;
        }
        int size = Math.max(wanted, (int) Math.min(2L * ring.length, windowBytes));
        if (!memory.take(size - ring.length)) {
            return false;
        }
        ring = Arrays.copyOf(ring, size);
        return true;
    }
}
