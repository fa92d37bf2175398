package clawsec.http.content;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The gzip coding (RFC 1952): members, each a header, DEFLATE data and a trailer. Checksums are not
 * compared, since what was decoded is inspected whether they fit or not; a trailer that is cut
 * short is therefore no loss.
 */
final class GzipStage implements Stage {
    /** The most bytes of one member's optional header fields. */
    static final int HEADER_BYTES = 131_072;

    private enum State {
        MAGIC,
        FIXED,
        EXTRA_LENGTH,
        EXTRA,
        NAME,
        COMMENT,
        HEADER_CHECKSUM,
        DATA,
        TRAILER
    }

    private static final int[] MAGIC = {0x1f, 0x8b, 8};
    private static final int FHCRC = 2;
    private static final int FEXTRA = 4;
    private static final int FNAME = 8;
    private static final int FCOMMENT = 16;

    private final Inflation inflation;
    private State state = State.MAGIC;
    private boolean isFirstMember = true;
    private int flags;
    private int headerBytes;

    /** Bytes of the present state seen. */
    private int seen;

    private int extraBytes;

    GzipStage(Budget budget) {
        this.inflation = new Inflation(true, budget);
    }

    @Override
    public String coding() {
        return "gzip";
    }

    @Override
    public Optional<String> decode(ByteBuffer in, Consumer<ByteBuffer> sink) {
        while (in.hasRemaining()) {
            if (state == State.DATA) {
                switch (inflation.inflate(in, sink)) {
                    case NEEDS_INPUT -> {}
                    case BROKEN -> {
                        return Optional.of("broken gzip");
                    }
                    case OVER_BUDGET -> {
                        return Optional.of(inflation.overBudget());
                    }
                    case FINISHED -> go(State.TRAILER);
                }
            } else if (state == State.TRAILER) {
                int skipped = Math.min(8 - seen, in.remaining());
                in.position(in.position() + skipped);
                seen += skipped;
                if (seen == 8) {
                    isFirstMember = false;
                    headerBytes = 0;
                    inflation.restart();
                    go(State.MAGIC);
                }
            } else if (state == State.MAGIC) {
                if ((in.get(in.position()) & 0xff) != MAGIC[seen]) {
                    return Optional.of(notGzip(sink));
                }
                in.get();
                if (++seen == MAGIC.length) {
                    go(State.FIXED);
                }
            } else if (++headerBytes > HEADER_BYTES) {
                return Optional.of("gzip header exceeds " + HEADER_BYTES + " bytes");
            } else {
                header(in.get() & 0xff);
            }
        }
        return Optional.empty();
    }

    @Override
    public Optional<String> end(Consumer<ByteBuffer> sink) {
        if (state == State.MAGIC && seen > 0) {
            return Optional.of(notGzip(sink));
        }
        boolean isWhole = state == State.TRAILER || state == State.MAGIC;
        return isWhole ? Optional.empty() : Optional.of("incomplete gzip");
    }

    @Override
    public void close() {
        inflation.close();
    }

    /** Gives back what looked like a header until here. */
    private String notGzip(Consumer<ByteBuffer> sink) {
        if (seen > 0) {
            byte[] bytes = new byte[seen];
            for (int i = 0; i < seen; i++) {
                bytes[i] = (byte) MAGIC[i];
            }
            sink.accept(ByteBuffer.wrap(bytes));
        }
        return isFirstMember ? "broken gzip" : "bytes after gzip";
    }

    /** RFC 1952 §2.3 */
    private void header(int octet) {
        seen++;
        switch (state) {
            case FIXED -> {
                flags = seen == 1 ? octet : flags;
                if (seen == 7) {
                    go(afterFixed(FEXTRA));
                }
            }
            case EXTRA_LENGTH -> {
                extraBytes = seen == 1 ? octet : extraBytes | octet << 8;
                if (seen == 2) {
                    go(extraBytes > 0 ? State.EXTRA : afterFixed(FNAME));
                }
            }
            case EXTRA -> {
                if (seen == extraBytes) {
                    go(afterFixed(FNAME));
                }
            }
            case NAME -> {
                if (octet == 0) {
                    go(afterFixed(FCOMMENT));
                }
            }
            case COMMENT -> {
                if (octet == 0) {
                    go(afterFixed(FHCRC));
                }
            }
            case HEADER_CHECKSUM -> {
                if (seen == 2) {
                    go(State.DATA);
                }
            }
            case MAGIC, DATA, TRAILER -> throw new IllegalStateException("not in a header");
        }
    }

    /** The first optional field there is, from {@code candidate} on in the order they stand. */
    private State afterFixed(int candidate) {
        if (candidate == FEXTRA && (flags & FEXTRA) != 0) {
            return State.EXTRA_LENGTH;
        }
        boolean isNameNext = candidate == FEXTRA || candidate == FNAME;
        if (isNameNext && (flags & FNAME) != 0) {
            return State.NAME;
        }
        if (candidate != FHCRC && (flags & FCOMMENT) != 0) {
            return State.COMMENT;
        }
        return (flags & FHCRC) != 0 ? State.HEADER_CHECKSUM : State.DATA;
    }

    private void go(State next) {
        state = next;
        seen = 0;
    }
}
