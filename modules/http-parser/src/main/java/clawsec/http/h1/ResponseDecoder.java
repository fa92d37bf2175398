package clawsec.http.h1;

import clawsec.http.ResponseHead;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the responses of one connection (RFC 9112), as leniently as a browser but with one meaning:
 * the head given out is normalised, may be forwarded as it is, and says how its content is framed.
 * Confined to one thread at a time.
 *
 * <p>Normalised: lines may end with LF alone; folds become a space; control characters in values
 * become spaces; lines without a valid name are dropped; white space around names and values goes;
 * Content-Length stands at most once, in plain digits, and never beside Transfer-Encoding; 1xx, 204
 * and 2xx to CONNECT carry neither. A NUL, two lengths that differ, and transfer codings other than
 * chunked are violations. Trailers are filtered as {@link RequestDecoder} does.
 */
public final class ResponseDecoder {
    /** Empty lines skipped before a status line. */
    static final int LEADING_EMPTY_LINES = 4;

    private enum State {
        START,
        FIELDS,
        CONTENT,
        TUNNEL
    }

    private final Http1Limits limits;
    private final LineReader lines = new LineReader(false);
    private final StatusLine statusLine = new StatusLine();
    private final FieldSection section;
    private final ContentReader content;
    private State state = State.START;
    private String requestMethod = "";
    private int emptyLines;
    private Http1Event.@Nullable Malformed failure;

    public ResponseDecoder(Http1Limits limits) {
        this.limits = limits;
        this.section = new FieldSection(Role.RESPONSE, limits, lines);
        this.content = new ContentReader(Role.RESPONSE, limits, lines, section);
    }

    /**
     * Tells the method of the request that the next final response answers (RFC 9112 §6.3), before
     * a byte of that response is read; it holds until the next call.
     */
    public void expect(String requestMethod) {
        this.requestMethod = requestMethod;
    }

    /**
     * Takes one event out of {@code in}, as {@link RequestDecoder#poll} does. An interim head is
     * followed by the next head, without an {@link Http1Event.End}. After a {@link Framing.Tunnel}
     * head every call gives {@link Http1Event#END} and consumes nothing.
     */
    public Http1Event poll(ByteBuffer in) {
        Http1Event event = failure == null ? next(in) : failure;
        if (event instanceof Http1Event.Malformed malformed) {
            failure = malformed;
            in.position(in.limit());
        }
        return event;
    }

    /** True while no byte of the next response was seen, empty lines before it aside. */
    public boolean isIdle() {
        return failure == null && state == State.START && !lines.holdsText();
    }

    /**
     * What it means that the origin sends no more: {@link Http1Event#END} when the content was
     * framed by it, or the connection became a tunnel; an incomplete response otherwise.
     */
    public Http1Event endOfInput() {
        if (failure != null) {
            return failure;
        }
        if (state == State.TUNNEL) {
            return Http1Event.END;
        }
        if (state == State.CONTENT && content.endsAtClose()) {
            restart();
            return Http1Event.END;
        }
        // RFC 9112 §8
        String what = isIdle() ? "incomplete: closed before a response" : "incomplete response";
        failure = Role.RESPONSE.malformed(502, "RFC 9112 §8", what);
        return failure;
    }

    private Http1Event next(ByteBuffer in) {
        if (state == State.TUNNEL) {
            return Http1Event.END;
        }
        if (state == State.START) {
            Http1Event event = readStatusLine(in);
            if (event != null) {
                return event;
            }
            state = State.FIELDS;
        }
        if (state == State.FIELDS) {
            Http1Event event = section.read(in);
            if (event != null) {
                return event;
            }
            return head();
        }
        Http1Event event = content.read(in);
        if (event instanceof Http1Event.End) {
            restart();
        }
        return event;
    }

    private void restart() {
        lines.release();
        state = State.START;
        emptyLines = 0;
    }

    private @Nullable Http1Event readStatusLine(ByteBuffer in) {
        while (true) {
            LineReader.Cut cut = lines.next(in, limits.startLineBytes() + 2);
            boolean isEmpty = lines.from == lines.to;
            if (cut == LineReader.Cut.LINE && isEmpty) {
                if (++emptyLines > LEADING_EMPTY_LINES) {
                    return fault("RFC 9112 §2.2", "more than 4 empty lines before a response");
                }
                continue;
            }
            boolean isCr =
                    !isEmpty && lines.bytes[lines.from] == '\r' && lines.to == lines.from + 1;
            if (!isCr && !StatusLine.canBegin(lines.bytes, lines.from, lines.to)) {
                return StatusLine.noStatusLine();
            }
            if (cut == LineReader.Cut.PARTIAL) {
                return Http1Event.NEEDS_INPUT;
            }
            if (cut != LineReader.Cut.LINE || lines.to - lines.from > limits.startLineBytes()) {
                return fault(
                        "RFC 9112 §4", "status line exceeds " + limits.startLineBytes() + " bytes");
            }
            section.start(lines.lineBytes());
            return lines.hasNul()
                    ? fault("RFC 9112 §4", "NUL in the status line")
                    : statusLine.read(lines);
        }
    }

    private Http1Event head() {
        ResponseHead head =
                new ResponseHead(
                        statusLine.status, statusLine.reason, statusLine.version, section.take());
        Http1Event event = ResponseFraming.frame(head, requestMethod);
        lines.release();
        if (event instanceof Http1Event.Response response) {
            if (response.framing() instanceof Framing.Tunnel) {
                state = State.TUNNEL;
            } else if (head.isInterim()) {
                restart();
            } else {
                state = State.CONTENT;
                content.start(response.framing());
            }
        }
        return event;
    }

    private static Http1Event.Malformed fault(String rule, String detail) {
        return Role.RESPONSE.malformed(502, rule, detail);
    }
}
