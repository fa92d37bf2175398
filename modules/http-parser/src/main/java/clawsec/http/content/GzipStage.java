package clawsec.http.content;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * The gzip coding (RFC 1952): members, each a header, DEFLATE data and a trailer. What was decoded
 * is inspected whether the checksum and the length in the trailer fit or not: that they do not is
 * noted, and a trailer that is cut short is no loss. The text in headers (extra field, name,
 * comment) is handed over beside the content, as a decoder that drops it hides it.
 */
final class GzipStage implements Stage {
    /** The most bytes of one member's header, against names and comments without end. */
    static final int HEADER_BYTES = 131_072;

    private enum State {
        MAGIC,
        HEADER,
        DATA,
        TRAILER
    }

    private static final byte[] MAGIC = {0x1f, (byte) 0x8b, 8};
    private static final int TRAILER_BYTES = 8;

    private final CRC32 checksum = new CRC32();
    private final Inflation inflation;
    private State state = State.MAGIC;
    private GzipHeader header = new GzipHeader();
    private boolean isFirstMember = true;

    /** Bytes of the magic or the trailer seen. */
    private int seen;

    /** The trailer's bytes so far: the checksum in the lower half, the length in the upper. */
    private long trailer;

    private @Nullable String flaw;

    GzipStage(Budget budget) {
        this.inflation = new Inflation(budget, checksum);
    }

    @Override
    public String coding() {
        return "gzip";
    }

    @Override
    public Optional<String> decode(
            ByteBuffer in, Consumer<ByteBuffer> sink, Consumer<ByteBuffer> aside) {
        while (in.hasRemaining()) {
            Optional<String> stopped =
                    switch (state) {
                        case MAGIC -> magic(in);
                        case HEADER -> header(in, aside);
                        case DATA -> data(in, sink);
                        case TRAILER -> trailer(in);
                    };
            if (stopped.isPresent()) {
                return stopped;
            }
        }
        return Optional.empty();
    }

    @Override
    public Optional<String> end() {
        return switch (state) {
            case MAGIC -> seen > 0 ? Optional.of(notGzip()) : Optional.empty();
            case HEADER, DATA -> Optional.of("incomplete gzip");
            case TRAILER -> Optional.empty();
        };
    }

    @Override
    public ByteBuffer heldBack() {
        return ByteBuffer.wrap(Arrays.copyOf(MAGIC, state == State.MAGIC ? seen : 0));
    }

    @Override
    public boolean isProven() {
        // a header's text was given out; within data only a whole member proves that it is any
        return state == State.HEADER || state == State.TRAILER || !isFirstMember;
    }

    @Override
    public Optional<String> flaw() {
        return Optional.ofNullable(flaw);
    }

    @Override
    public void close() {
        inflation.close();
    }

    private Optional<String> magic(ByteBuffer in) {
        if (in.get(in.position()) != MAGIC[seen]) {
            return Optional.of(notGzip());
        }
        in.get();
        if (++seen == MAGIC.length) {
            header = new GzipHeader();
            state = State.HEADER;
        }
        return Optional.empty();
    }

    private Optional<String> header(ByteBuffer in, Consumer<ByteBuffer> aside) {
        ByteArrayOutputStream text = new ByteArrayOutputStream(0);
        boolean isTooLong = false;
        while (in.hasRemaining() && state == State.HEADER && !isTooLong) {
            if (header.take(in.get() & 0xff, text)) {
                state = State.DATA;
            } else {
                isTooLong = header.totalBytes() + MAGIC.length >= HEADER_BYTES;
            }
        }
        if (text.size() > 0) {
            aside.accept(ByteBuffer.wrap(text.toByteArray()));
        }
        return isTooLong
                ? Optional.of("gzip header exceeds " + HEADER_BYTES + " bytes")
                : Optional.empty();
    }

    private Optional<String> data(ByteBuffer in, Consumer<ByteBuffer> sink) {
        return switch (inflation.inflate(in, sink)) {
            case NEEDS_INPUT -> Optional.empty();
            case BROKEN -> Optional.of("broken gzip");
            case OVER_BUDGET -> Optional.of(inflation.overBudget());
            case FINISHED -> {
                state = State.TRAILER;
                seen = 0;
                yield Optional.empty();
            }
        };
    }

    private Optional<String> trailer(ByteBuffer in) {
        while (seen < TRAILER_BYTES && in.hasRemaining()) {
            trailer |= (in.get() & 0xffL) << 8 * seen;
            seen++;
        }
        if (seen == TRAILER_BYTES) {
            // RFC 1952 §2.3.1: the length is modulo 2^32
            if ((int) trailer != (int) checksum.getValue()) {
                flaw = "wrong gzip checksum";
            } else if ((int) (trailer >>> 32) != (int) inflation.streamBytes()) {
                flaw = "wrong gzip length";
            }
            // RFC 1952 §2.2: another member may follow
            inflation.restart();
            isFirstMember = false;
            state = State.MAGIC;
            seen = 0;
            trailer = 0;
        }
        return Optional.empty();
    }

    private String notGzip() {
        return isFirstMember ? "broken gzip" : "bytes after gzip";
    }
}
