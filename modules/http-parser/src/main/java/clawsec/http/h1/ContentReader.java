package clawsec.http.h1;

import clawsec.http.Fields;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Reads one message's content as its framing says (RFC 9112 §6.3, §7.1). */
final class ContentReader {
    private enum State {
        BYTES,
        UNTIL_CLOSE,
        CHUNK_LINE,
        CHUNK_BYTES,
        CHUNK_END,
        TRAILERS,
        ENDED
    }

    private final Role role;
    private final Http1Limits limits;
    private final LineReader lines;
    private final FieldSection trailers;
    private State state = State.ENDED;
    private long remainingBytes;
    private long chunkedBytes;
    private long extensionBytes;

    ContentReader(Role role, Http1Limits limits, LineReader lines, FieldSection trailers) {
        this.role = role;
        this.limits = limits;
        this.lines = lines;
        this.trailers = trailers;
    }

    void start(Framing framing) {
        remainingBytes = framing instanceof Framing.Length length ? length.bytes() : 0;
        chunkedBytes = 0;
        extensionBytes = 0;
        state =
                switch (framing) {
                    case Framing.None _, Framing.Tunnel _ -> State.ENDED;
                    case Framing.Length _ -> State.BYTES;
                    case Framing.Chunked _ -> State.CHUNK_LINE;
                    case Framing.UntilClose _ -> State.UNTIL_CLOSE;
                };
    }

    /** True when the end of input is the end of the content. */
    boolean endsAtClose() {
        return state == State.UNTIL_CLOSE;
    }

    Http1Event read(ByteBuffer in) {
        while (true) {
            Http1Event event =
                    switch (state) {
                        case ENDED -> Http1Event.END;
                        case UNTIL_CLOSE ->
                                in.hasRemaining()
                                        ? content(in, in.remaining())
                                        : Http1Event.NEEDS_INPUT;
                        case BYTES -> remainingBytes == 0 ? Http1Event.END : bytes(in);
                        case CHUNK_BYTES -> chunkBytes(in);
                        case CHUNK_LINE -> chunkLine(in);
                        case CHUNK_END -> chunkEnd(in);
                        case TRAILERS -> trailers(in);
                    };
            if (event != null) {
                return event;
            }
        }
    }

    private Http1Event bytes(ByteBuffer in) {
        if (!in.hasRemaining()) {
            return Http1Event.NEEDS_INPUT;
        }
        int count = (int) Math.min(remainingBytes, in.remaining());
        remainingBytes -= count;
        return content(in, count);
    }

    private static Http1Event content(ByteBuffer in, int count) {
        ByteBuffer view = in.slice(in.position(), count);
        in.position(in.position() + count);
        return new Http1Event.Content(view);
    }

    private @Nullable Http1Event chunkLine(ByteBuffer in) {
        return switch (lines.next(in, limits.chunkLineBytes() + 2)) {
            case PARTIAL -> Http1Event.NEEDS_INPUT;
            case TOO_LONG -> tooLong();
            case BAD -> FieldSection.badControl(lines, "a chunk-size line");
            case LINE -> lines.to - lines.from > limits.chunkLineBytes() ? tooLong() : chunkSize();
        };
    }

    private @Nullable Http1Event chunkSize() {
        long size = 0;
        int i = lines.from;
        for (; i < lines.to; i++) {
            int digit = Character.digit(lines.bytes[i], 16);
            if (digit < 0) {
                break;
            }
            // RFC 9112 §7.1: no overflow
            if (size > Long.MAX_VALUE >> 4) {
                return role.malformed(413, "RFC 9112 §7.1", "chunk size exceeds " + Long.MAX_VALUE);
            }
            size = size << 4 | digit;
        }
        if (i == lines.from) {
            return role.malformed(400, "RFC 9112 §7.1", "no chunk size in hexadecimal digits");
        }
        int extension = i;
        while (i < lines.to && Octets.isBlank(lines.bytes[i])) {
            i++;
        }
        // RFC 9112 §7.1.1: extensions are ignored; white space may stand before them, and nowhere
        // else
        boolean isExtended = i < lines.to && lines.bytes[i] == ';';
        if (!isExtended && (i < lines.to || (role.isStrict() && i > extension))) {
            return role.malformed(400, "RFC 9112 §7.1", "chunk size followed by other characters");
        }
        // RFC 9112 §7.1.1: the extensions of a message may add up to a head, and to its content
        extensionBytes += lines.to - extension;
        if (extensionBytes - limits.headBytes() > chunkedBytes) {
            return role.malformed(400, "RFC 9112 §7.1.1", "more chunk extensions than content");
        }
        chunkedBytes += Math.min(size, Long.MAX_VALUE - chunkedBytes);
        remainingBytes = size;
        state = size == 0 ? State.TRAILERS : State.CHUNK_BYTES;
        if (size == 0) {
            trailers.start(0);
        }
        return null;
    }

    private Http1Event chunkBytes(ByteBuffer in) {
        Http1Event event = bytes(in);
        if (remainingBytes == 0) {
            state = State.CHUNK_END;
        }
        return event;
    }

    private @Nullable Http1Event chunkEnd(ByteBuffer in) {
        switch (lines.next(in, 2)) {
            case PARTIAL -> {
                return Http1Event.NEEDS_INPUT;
            }
            case LINE -> {
                if (lines.from == lines.to) {
                    state = State.CHUNK_LINE;
                    return null;
                }
            }
            case TOO_LONG, BAD -> {}
        }
        return role.malformed(400, "RFC 9112 §7.1", "chunk data without CRLF after it");
    }

    private @Nullable Http1Event trailers(ByteBuffer in) {
        Http1Event event = trailers.read(in);
        if (event != null) {
            return event;
        }
        state = State.ENDED;
        Fields fields = trailers.take();
        return fields.lines().isEmpty()
                ? Http1Event.END
                : new Http1Event.End(fields.without(line -> !Trailers.isAllowed(line)));
    }

    private Http1Event tooLong() {
        return role.malformed(
                400,
                "RFC 9112 §7.1.1",
                "chunk-size line exceeds " + limits.chunkLineBytes() + " bytes");
    }
}
