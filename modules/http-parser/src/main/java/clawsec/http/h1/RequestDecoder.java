package clawsec.http.h1;

import clawsec.http.RequestHead;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the requests of one connection (RFC 9112), strictly: what two servers could read in two
 * ways is refused, with the status to answer it with. Confined to one thread at a time.
 *
 * <pre>{@code
 * empty lines? ─► request line ─► field lines ─► Request ─► Content* ─► End ─┐
 *      ▲                                                                     │
 *      └─────────────────────────────────────────────────────────────────────┘
 * }</pre>
 *
 * <p>Fields forbidden in trailers (RFC 9110 §6.5.1) are dropped from {@link Http1Event.End}:
 * framing and connection (Connection, Transfer-Encoding, Upgrade, ...), routing and request
 * modifiers (Host, If-*, Range, ...), authentication and cookies, response control (Date, Location,
 * Vary, ...) and Content-* but Content-Digest.
 */
public final class RequestDecoder {
    /** Empty lines skipped before a request line (RFC 9112 §2.2). */
    static final int LEADING_EMPTY_LINES = 4;

    private enum State {
        START,
        FIELDS,
        CONTENT
    }

    private final Http1Limits limits;
    private final LineReader lines = new LineReader(true);
    private final RequestLine requestLine = new RequestLine();
    private final FieldSection section;
    private final ContentReader content;
    private State state = State.START;
    private int emptyLines;
    private Http1Event.@Nullable Malformed failure;

    public RequestDecoder(Http1Limits limits) {
        this.limits = limits;
        this.section = new FieldSection(Role.REQUEST, limits, lines);
        this.content = new ContentReader(Role.REQUEST, limits, lines, section);
    }

    /**
     * Takes one event out of {@code in}, and no byte more than it needs; {@link
     * Http1Event#NEEDS_INPUT} when all of {@code in} is consumed and the event is not whole. The
     * events of a message come without a byte of the next one. After {@link Http1Event.End} the
     * next call begins the next request; what follows a CONNECT head stays in {@code in}. After
     * {@link Http1Event.Malformed} every call consumes its input and gives the same again.
     */
    public Http1Event poll(ByteBuffer in) {
        Http1Event event = failure == null ? next(in) : failure;
        if (event instanceof Http1Event.Malformed malformed) {
            failure = malformed;
            in.position(in.limit());
        }
        return event;
    }

    /**
     * About how many bytes of the heap a head takes that is not whole yet: its lines, each with two
     * strings, and the buffer for the last one.
     */
    public int heldBytes() {
        return 2 * section.lineBytes() + lines.heldCapacity();
    }

    /** True while no byte of the next request was seen, empty lines before it aside. */
    public boolean isIdle() {
        return failure == null && state == State.START && !lines.holdsText();
    }

    /**
     * What it means that the client sends no more: {@link Http1Event#END} between two requests, a
     * violation within one.
     */
    public Http1Event endOfInput() {
        if (failure != null) {
            return failure;
        }
        if (isIdle()) {
            return Http1Event.END;
        }
        // RFC 9112 §8
        failure = Role.REQUEST.malformed(400, "RFC 9112 §8", "incomplete request");
        return failure;
    }

    private Http1Event next(ByteBuffer in) {
        if (state == State.START) {
            Http1Event event = readRequestLine(in);
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
            lines.release();
            state = State.START;
            emptyLines = 0;
        }
        return event;
    }

    private @Nullable Http1Event readRequestLine(ByteBuffer in) {
        while (true) {
            LineReader.Cut cut = lines.next(in, limits.startLineBytes() + 2);
            if (cut == LineReader.Cut.LINE) {
                if (lines.from < lines.to) {
                    section.start(lines.lineBytes());
                    return requestLine.read(lines.bytes, lines.from, lines.to);
                }
                // RFC 9112 §2.2
                if (++emptyLines > LEADING_EMPTY_LINES) {
                    return fault(400, "RFC 9112 §2.2", "more than 4 empty lines before a request");
                }
                continue;
            }
            if (!RequestLine.canBegin(lines.bytes, lines.from, lines.to)) {
                return RequestLine.badMethod();
            }
            return switch (cut) {
                case PARTIAL -> Http1Event.NEEDS_INPUT;
                case BAD -> FieldSection.badControl(lines, "the request line");
                // RFC 9110 §15.5.15
                case TOO_LONG ->
                        fault(
                                414,
                                "RFC 9112 §3",
                                "request line exceeds " + limits.startLineBytes() + " bytes");
                case LINE -> throw new IllegalStateException("handled above");
            };
        }
    }

    private Http1Event head() {
        Http1Event event =
                RequestFraming.frame(
                        new RequestHead(
                                requestLine.method,
                                requestLine.target,
                                requestLine.version,
                                section.take()));
        lines.release();
        if (event instanceof Http1Event.Request request) {
            state = State.CONTENT;
            content.start(request.framing());
        }
        return event;
    }

    private static Http1Event.Malformed fault(int status, String rule, String detail) {
        return Role.REQUEST.malformed(status, rule, detail);
    }
}
