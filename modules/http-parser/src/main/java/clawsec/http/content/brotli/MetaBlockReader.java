package clawsec.http.content.brotli;

import java.nio.ByteBuffer;
import java.util.function.Consumer;

/**
 * The meta-blocks of a stream, up to one that says it is the last (RFC 7932 §9.2), read resumable
 * at any bit.
 *
 * <pre>
 * meta-block:  length ─► header ─► commands     compressed
 *                     ├► bytes                  not compressed
 *                     └► bytes to skip          metadata, perhaps empty
 * </pre>
 */
final class MetaBlockReader {
    private enum Part {
        IS_LAST,
        IS_LAST_EMPTY,
        LENGTH_NIBBLES,
        LENGTH,
        IS_UNCOMPRESSED,
        HEADER,
        COMMANDS,
        UNCOMPRESSED,
        RESERVED,
        SKIP_UNITS,
        SKIP_LENGTH,
        SKIP,
        NEXT,
        END
    }

    private static final int NO_LENGTH = 3;
    private static final int METADATA_PIECE = 4_096;

    private final BitInput in;
    private final Window window;
    private final Consumer<ByteBuffer> metadata;
    private final MetaBlockHeader header;
    private final CommandReader commands;
    private Part part = Part.IS_LAST;
    private boolean isLast;

    /** How many nibbles or bytes the length takes. */
    private int lengthUnits;

    /** Bytes still to be copied or skipped. */
    private int length;

    MetaBlockReader(BitInput in, Window window, Consumer<ByteBuffer> metadata) {
        this.in = in;
        this.window = window;
        this.metadata = metadata;
        this.header = new MetaBlockHeader(in);
        this.commands = new CommandReader(in, window, header);
    }

    /** True once the stream is whole; false when starved, refused, or the sink wants no more. */
    boolean read() {
        while (part != Part.END) {
            if (!step()) {
                return false;
            }
        }
        return true;
    }

    private boolean step() {
        return switch (part) {
            case IS_LAST -> {
                if (!in.has(1)) {
                    yield false;
                }
                isLast = in.take(1) == 1;
                yield to(isLast ? Part.IS_LAST_EMPTY : Part.LENGTH_NIBBLES);
            }
            case IS_LAST_EMPTY -> {
                if (!in.has(1)) {
                    yield false;
                }
                yield in.take(1) == 1 ? end() : to(Part.LENGTH_NIBBLES);
            }
            case LENGTH_NIBBLES -> {
                if (!in.has(2)) {
                    yield false;
                }
                lengthUnits = in.take(2);
                yield to(lengthUnits == NO_LENGTH ? Part.RESERVED : Part.LENGTH);
            }
            case LENGTH -> length();
            case IS_UNCOMPRESSED -> isUncompressed();
            case HEADER -> header.read() && to(Part.COMMANDS);
            case COMMANDS -> commands.read() && to(Part.NEXT);
            case UNCOMPRESSED -> uncompressed();
            case RESERVED -> reserved();
            case SKIP_UNITS -> skipUnits();
            case SKIP_LENGTH -> skipLength();
            case SKIP -> skip();
            case NEXT -> isLast ? end() : to(Part.IS_LAST);
            case END -> true;
        };
    }

    private boolean to(Part next) {
        part = next;
        return true;
    }

    private boolean end() {
        return in.align() ? to(Part.END) : in.refuse(Fault.LAST_FILL_BITS);
    }

    private boolean length() {
        int bits = 4 * (4 + lengthUnits);
        if (!in.has(bits)) {
            return false;
        }
        length = in.take(bits) + 1;
        // RFC 7932 §9.2: five or six nibbles whose last one is zero
        if (lengthUnits > 0 && length - 1 >>> (bits - 4) == 0) {
            return in.refuse(Fault.LENGTH_NIBBLES);
        }
        return to(Part.IS_UNCOMPRESSED);
    }

    private boolean isUncompressed() {
        // RFC 7932 §9.2: the bit is there unless the meta-block is the last
        if (!isLast) {
            if (!in.has(1)) {
                return false;
            }
            if (in.take(1) == 1) {
                return in.align() ? to(Part.UNCOMPRESSED) : in.refuse(Fault.FILL_BITS);
            }
        }
        commands.begin(length);
        return to(Part.HEADER);
    }

    private boolean uncompressed() {
        while (length > 0) {
            int run = Math.min(length, window.room());
            if (run == 0) {
                return false;
            }
            int done = in.copy(window.ring, window.position, run);
            window.position += done;
            length -= done;
            if (done < run) {
                return false;
            }
        }
        return to(Part.NEXT);
    }

    private boolean reserved() {
        if (!in.has(1)) {
            return false;
        }
        return in.take(1) == 0 ? to(Part.SKIP_UNITS) : in.refuse(Fault.RESERVED_BIT);
    }

    private boolean skipUnits() {
        if (!in.has(2)) {
            return false;
        }
        lengthUnits = in.take(2);
        return to(Part.SKIP_LENGTH);
    }

    private boolean skipLength() {
        int bits = Byte.SIZE * lengthUnits;
        if (!in.has(bits)) {
            return false;
        }
        length = in.take(bits);
        // RFC 7932 §9.2: two or three bytes whose last one is zero
        if (lengthUnits > 1 && length >>> (bits - Byte.SIZE) == 0) {
            return in.refuse(Fault.SKIP_BYTES);
        }
        length += lengthUnits > 0 ? 1 : 0;
        return in.align() ? to(Part.SKIP) : in.refuse(Fault.FILL_BITS);
    }

    /** Metadata is no output, but is handed over in order with it. */
    private boolean skip() {
        if (length == 0) {
            return to(Part.NEXT);
        }
        window.flush();
        byte[] piece = new byte[Math.min(length, METADATA_PIECE)];
        while (length > 0 && !window.isStopped()) {
            int done = in.copy(piece, 0, Math.min(length, piece.length));
            if (done == 0) {
                return false;
            }
            length -= done;
            metadata.accept(ByteBuffer.wrap(piece, 0, done));
        }
        metadata.accept(ByteBuffer.allocate(0));
        return !window.isStopped() && to(Part.NEXT);
    }
}
