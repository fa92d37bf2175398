package clawsec.http.h1;

import clawsec.http.Authority;
import clawsec.http.Fields;
import clawsec.http.HttpVersion;
import clawsec.http.RequestHead;
import java.nio.ByteBuffer;
import java.util.List;
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
     * Takes one event out of {@code in}. All of {@code in} is consumed only with {@link
     * Http1Event#NEEDS_INPUT} and after {@link Http1Event.Malformed}, which every later call gives
     * again; after {@link Http1Event.End} the next call begins the next request. The event that
     * ends a message never needs more input than the message has. Content that follows a CONNECT
     * head stays in {@code in}.
     */
    public Http1Event poll(ByteBuffer in) {
        Http1Event event = failure == null ? next(in) : failure;
        if (event instanceof Http1Event.Malformed malformed) {
            failure = malformed;
            in.position(in.limit());
        }
        return event;
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
            lines.release();
            state = State.CONTENT;
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
                case BAD -> FieldSection.badControl(Role.REQUEST, lines, "the request line");
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
        Fields fields = section.take();
        FramingFields framingFields = new FramingFields(fields);
        Http1Event fault = hostFault(framingFields);
        if (fault == null) {
            fault = framingFault(framingFields);
        }
        if (fault != null) {
            return fault;
        }
        RequestHead head =
                new RequestHead(
                        requestLine.method, requestLine.target, requestLine.version, fields);
        Framing framing = Framing.NONE;
        if (framingFields.codings > 0) {
            framing = Framing.CHUNKED;
        } else if (framingFields.lengths > 0) {
            framing = new Framing.Length(FramingFields.parseLength(framingFields.length));
        }
        content.start(framing);
        return new Http1Event.Request(head, framing);
    }

    /** RFC 9112 §3.2 */
    private @Nullable Http1Event hostFault(FramingFields fields) {
        if (fields.hosts == 0) {
            return requestLine.version.equals(HttpVersion.HTTP_1_0)
                    ? null
                    : fault(400, "RFC 9112 §3.2", "no Host field");
        }
        if (fields.hosts > 1) {
            return fault(400, "RFC 9112 §3.2", "more than one Host field");
        }
        // RFC 9110 §7.2: empty when the target has no authority; of http URIs only "*" has none.
        // RFC 9112 §3.2.2: an absolute target is used instead of the field.
        boolean mayBeEmpty = !requestLine.target.startsWith("/");
        boolean isValid =
                fields.host.isEmpty() ? mayBeEmpty : Authority.parse(fields.host, 80).isPresent();
        return isValid ? null : fault(400, "RFC 9112 §3.2", "invalid Host field");
    }

    /** RFC 9112 §6.1 to §6.3 */
    private @Nullable Http1Event framingFault(FramingFields fields) {
        boolean isConnect = requestLine.method.equals("CONNECT");
        if (fields.codings > 0) {
            if (requestLine.version.equals(HttpVersion.HTTP_1_0)) {
                return fault(400, "RFC 9112 §6.1", "Transfer-Encoding in HTTP/1.0");
            }
            if (fields.lengths > 0) {
                return fault(400, "RFC 9112 §6.3", "Content-Length beside Transfer-Encoding");
            }
            if (isConnect) {
                return fault(400, "RFC 9110 §9.3.6", "CONNECT with content");
            }
            return fields.isChunked() ? null : codingFault(fields.transferCodings());
        }
        if (fields.lengths > 1) {
            return fault(400, "RFC 9112 §6.3", "more than one Content-Length field");
        }
        if (fields.lengths == 1) {
            long length = FramingFields.parseLength(fields.length);
            if (length < 0) {
                return fault(400, "RFC 9112 §6.2", "Content-Length is not a number of bytes");
            }
            if (isConnect && length > 0) {
                return fault(400, "RFC 9110 §9.3.6", "CONNECT with content");
            }
        }
        return null;
    }

    private static Http1Event codingFault(List<String> codings) {
        int last = codings.size() - 1;
        if (last < 0 || codings.indexOf("chunked") != last) {
            return fault(400, "RFC 9112 §6.3", "chunked is not the final transfer coding");
        }
        return last == 0
                ? fault(400, "RFC 9112 §6.1", "Transfer-Encoding is not exactly chunked")
                : fault(501, "RFC 9112 §6.1", "transfer coding other than chunked");
    }

    private static Http1Event.Malformed fault(int status, String rule, String detail) {
        return Role.REQUEST.malformed(status, rule, detail);
    }
}
