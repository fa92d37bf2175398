package clawsec.http.content;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.zip.Adler32;
import org.jspecify.annotations.Nullable;

/**
 * The deflate coding: zlib (RFC 1950), and the bare DEFLATE data that some servers send instead
 * (RFC 9110 §8.4.1.2); the first two bytes tell which. A checksum that does not fit is noted, as in
 * {@link GzipStage}.
 */
final class DeflateStage implements Stage {
    private enum State {
        FIRST_BYTE,
        SECOND_BYTE,
        DATA,
        CHECKSUM
    }

    private static final int CHECKSUM_BYTES = 4;

    private final Adler32 checksum = new Adler32();
    private final Inflation inflation;
    private State state = State.FIRST_BYTE;
    private byte firstByte;

    /** Bytes of the checksum still to come; bare data has none. */
    private int checksumBytes;

    private int expected;
    private @Nullable String flaw;

    DeflateStage(Budget budget) {
        this.inflation = new Inflation(budget, checksum);
    }

    @Override
    public String coding() {
        return "deflate";
    }

    @Override
    public Optional<String> decode(
            ByteBuffer in, Consumer<ByteBuffer> sink, Consumer<ByteBuffer> aside) {
        while (in.hasRemaining()) {
            Optional<String> stopped = Optional.empty();
            switch (state) {
                case FIRST_BYTE -> {
                    firstByte = in.get();
                    state = State.SECOND_BYTE;
                }
                case SECOND_BYTE -> {
                    state = State.DATA;
                    if (isZlib(firstByte & 0xff, in.get(in.position()) & 0xff)) {
                        in.get();
                        checksumBytes = CHECKSUM_BYTES;
                    } else {
                        stopped = inflate(ByteBuffer.wrap(new byte[] {firstByte}), sink);
                    }
                }
                case DATA -> stopped = inflate(in, sink);
                case CHECKSUM -> {
                    if (checksumBytes == 0) {
                        stopped = Optional.of("bytes after deflate");
                    } else {
                        expected = expected << 8 | in.get() & 0xff;
                        checksumBytes--;
                        if (checksumBytes == 0 && expected != (int) checksum.getValue()) {
                            flaw = "wrong deflate checksum";
                        }
                    }
                }
            }
            if (stopped.isPresent()) {
                return stopped;
            }
        }
        return Optional.empty();
    }

    @Override
    public Optional<String> end() {
        return state == State.SECOND_BYTE || state == State.DATA
                ? Optional.of("incomplete deflate")
                : Optional.empty();
    }

    @Override
    public ByteBuffer heldBack() {
        return ByteBuffer.wrap(state == State.SECOND_BYTE ? new byte[] {firstByte} : new byte[0]);
    }

    @Override
    public boolean isProven() {
        return state == State.CHECKSUM;
    }

    @Override
    public Optional<String> flaw() {
        return Optional.ofNullable(flaw);
    }

    @Override
    public void close() {
        inflation.close();
    }

    private Optional<String> inflate(ByteBuffer in, Consumer<ByteBuffer> sink) {
        return switch (inflation.inflate(in, sink)) {
            case NEEDS_INPUT -> Optional.empty();
            case BROKEN -> Optional.of("broken deflate");
            case OVER_BUDGET -> Optional.of(inflation.overBudget());
            case FINISHED -> {
                state = State.CHECKSUM;
                yield Optional.empty();
            }
        };
    }

    /** RFC 1950 §2.2: method 8, a window of at most 32 KiB, no dictionary, the check bits. */
    private static boolean isZlib(int cmf, int flags) {
        return (cmf & 0x0f) == 8
                && cmf >>> 4 <= 7
                && (flags & 0x20) == 0
                && ((cmf << 8) | flags) % 31 == 0;
    }
}
