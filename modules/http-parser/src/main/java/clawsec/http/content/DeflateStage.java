package clawsec.http.content;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The deflate coding: zlib (RFC 1950), and the bare DEFLATE data that some servers send instead.
 * The first two bytes tell which (RFC 9110 §8.4.1.2).
 */
final class DeflateStage implements Stage {
    private final Budget budget;
    private @Nullable Inflation inflation;
    private int firstByte = -1;
    private boolean isFinished;

    DeflateStage(Budget budget) {
        this.budget = budget;
    }

    @Override
    public String coding() {
        return "deflate";
    }

    @Override
    public Optional<String> decode(ByteBuffer in, Consumer<ByteBuffer> sink) {
        if (isFinished) {
            return in.hasRemaining() ? Optional.of("bytes after deflate") : Optional.empty();
        }
        ByteBuffer first = ByteBuffer.allocate(0);
        if (inflation == null) {
            if (in.remaining() + (firstByte < 0 ? 0 : 1) < 2) {
                firstByte = in.hasRemaining() ? in.get() & 0xff : firstByte;
                return Optional.empty();
            }
            int cmf = firstByte < 0 ? in.get(in.position()) & 0xff : firstByte;
            int flags = in.get(in.position() + (firstByte < 0 ? 1 : 0)) & 0xff;
            inflation = new Inflation(!isZlib(cmf, flags), budget);
            if (firstByte >= 0) {
                first = ByteBuffer.wrap(new byte[] {(byte) firstByte});
            }
        }
        Optional<String> stopped = inflate(inflation, first, sink);
        return stopped.isPresent() || isFinished ? stopped : inflate(inflation, in, sink);
    }

    @Override
    public Optional<String> end(Consumer<ByteBuffer> sink) {
        if (inflation == null && firstByte >= 0) {
            sink.accept(ByteBuffer.wrap(new byte[] {(byte) firstByte}));
        }
        boolean isEmpty = inflation == null && firstByte < 0;
        return isFinished || isEmpty ? Optional.empty() : Optional.of("incomplete deflate");
    }

    @Override
    public void close() {
        if (inflation != null) {
            inflation.close();
        }
    }

    private Optional<String> inflate(Inflation current, ByteBuffer in, Consumer<ByteBuffer> sink) {
        return switch (current.inflate(in, sink)) {
            case NEEDS_INPUT -> Optional.empty();
            case BROKEN -> Optional.of("broken deflate");
            case OVER_BUDGET -> Optional.of(current.overBudget());
            case FINISHED -> {
                isFinished = true;
                yield in.hasRemaining() ? Optional.of("bytes after deflate") : Optional.empty();
            }
        };
    }

    /** RFC 1950 §2.2 */
    private static boolean isZlib(int cmf, int flags) {
        return (cmf & 0x0f) == 8 && cmf >>> 4 <= 7 && (cmf << 8 | flags) % 31 == 0;
    }
}
