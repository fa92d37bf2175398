package clawsec.http.content;

import clawsec.http.content.brotli.BrotliDecoder;
import clawsec.http.content.brotli.Fault;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The br coding (RFC 7932): one stream. It has no magic bytes, so its beginning is kept until
 * something comes out of it, and given back if it turns out to be none. Metadata, which decoders
 * drop, is handed over beside the content, as it could hide text.
 */
final class BrotliStage implements Stage {
    /** The most bytes that are kept because nothing came out of them yet. */
    static final int HELD_BYTES = 4_096;

    private static final Consumer<ByteBuffer> NOWHERE = bytes -> {};

    private final Budget budget;
    private final BrotliDecoder decoder = new BrotliDecoder(this::give, this::giveAside);
    private final ByteArrayOutputStream held = new ByteArrayOutputStream(0);
    private BrotliDecoder.Outcome outcome = BrotliDecoder.Outcome.NEEDS_INPUT;
    private Consumer<ByteBuffer> sink = NOWHERE;
    private Consumer<ByteBuffer> aside = NOWHERE;
    private boolean hasOutput;
    private long encodedBytes;
    private long decodedBytes;

    BrotliStage(Budget budget) {
        this.budget = budget;
    }

    @Override
    public String coding() {
        return "br";
    }

    @Override
    public Optional<String> decode(
            ByteBuffer in, Consumer<ByteBuffer> sink, Consumer<ByteBuffer> aside) {
        if (!in.hasRemaining()) {
            return Optional.empty();
        }
        this.sink = sink;
        this.aside = aside;
        int start = in.position();
        outcome = decoder.decode(in);
        this.sink = NOWHERE;
        this.aside = NOWHERE;
        encodedBytes += in.position() - start;
        return switch (outcome) {
            case NEEDS_INPUT -> {
                hold(in, start);
                yield Optional.empty();
            }
            case FINISHED -> {
                if (in.hasRemaining()) {
                    yield stop(in, start, "bytes after br");
                }
                hold(in, start);
                yield Optional.empty();
            }
            case BROKEN -> stop(in, start, broken());
            case STOPPED -> stop(in, start, budget.reason(decodedBytes));
        };
    }

    @Override
    public Optional<String> end() {
        return outcome == BrotliDecoder.Outcome.NEEDS_INPUT && encodedBytes > 0
                ? Optional.of("incomplete br")
                : Optional.empty();
    }

    @Override
    public ByteBuffer heldBack() {
        return ByteBuffer.wrap(held.toByteArray());
    }

    @Override
    public boolean isProven() {
        return outcome == BrotliDecoder.Outcome.FINISHED;
    }

    @Override
    public void close() {
        held.reset();
    }

    private String broken() {
        return decoder.fault().filter(fault -> fault == Fault.LARGE_WINDOW).isPresent()
                ? "br with a large window"
                : "broken br";
    }

    private Optional<String> stop(ByteBuffer in, int start, String reason) {
        if (isHeld()) {
            in.position(start);
        } else {
            held.reset();
        }
        return Optional.of(reason);
    }

    /** Keeps what was consumed of {@code in}. */
    private void hold(ByteBuffer in, int start) {
        if (isHeld()) {
            byte[] copy = new byte[in.position() - start];
            in.get(start, copy);
            held.writeBytes(copy);
        } else {
            held.reset();
        }
    }

    private boolean isHeld() {
        return !hasOutput && encodedBytes <= HELD_BYTES;
    }

    private boolean give(ByteBuffer bytes) {
        hasOutput = true;
        int count = bytes.remaining();
        int granted = budget.grant(decodedBytes, count);
        decodedBytes += count;
        sink.accept(bytes.limit(bytes.position() + granted));
        return !budget.isExceededBy(decodedBytes);
    }

    /** Each metadata block is text of its own, and ends with a line feed. */
    private void giveAside(ByteBuffer metadata) {
        hasOutput = true;
        aside.accept(metadata.hasRemaining() ? metadata : ByteBuffer.wrap(new byte[] {'\n'}));
    }
}
