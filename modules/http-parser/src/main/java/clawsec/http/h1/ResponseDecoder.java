package clawsec.http.h1;

import clawsec.http.FieldLine;
import clawsec.http.Fields;
import clawsec.http.ResponseHead;
import java.nio.ByteBuffer;
import java.util.List;
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

    /** Tells the method of the request that the next final response answers (RFC 9112 §6.3). */
    public void expect(String requestMethod) {
        this.requestMethod = requestMethod;
    }

    /**
     * Takes one event out of {@code in}. All of {@code in} is consumed only with {@link
     * Http1Event#NEEDS_INPUT} and after {@link Http1Event.Malformed}, which every later call gives
     * again. An interim head is followed by the next head, without an {@link Http1Event.End}. After
     * a {@link Framing.Tunnel} head every call gives {@link Http1Event#END} and consumes nothing.
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
            return lines.replaceControls()
                    ? statusLine.read(lines.bytes, lines.from, lines.to)
                    : fault("RFC 9112 §4", "NUL in the status line");
        }
    }

    private Http1Event head() {
        Fields fields = section.take();
        FramingFields framingFields = new FramingFields(fields);
        int status = statusLine.status;
        boolean isTunnel =
                status == 101 || (requestMethod.equals("CONNECT") && status >= 200 && status < 300);
        // RFC 9110 §8.6, §9.3.6; RFC 9112 §6.1: neither field has a meaning there
        boolean isBare = isTunnel || status < 200 || status == 204;
        if (isBare && framingFields.lengths + framingFields.codings > 0) {
            fields = fields.without(ResponseDecoder::isFraming);
        }
        Framing framing = Framing.NONE;
        if (!isBare) {
            Http1Event.Malformed fault = framingFault(framingFields, fields);
            if (fault != null) {
                return fault;
            }
            fields = normalised(framingFields, fields);
            // RFC 9112 §6.3: no content in the answer to HEAD and in 304
            if (!requestMethod.equals("HEAD") && status != 304) {
                framing = framing(framingFields, fields);
            }
        } else if (isTunnel) {
            framing = Framing.TUNNEL;
        }
        ResponseHead head = new ResponseHead(status, statusLine.reason, statusLine.version, fields);
        begin(head, framing);
        return new Http1Event.Response(head, framing);
    }

    private void begin(ResponseHead head, Framing framing) {
        lines.release();
        if (framing instanceof Framing.Tunnel) {
            state = State.TUNNEL;
        } else if (head.isInterim()) {
            state = State.START;
        } else {
            state = State.CONTENT;
            content.start(framing);
        }
    }

    private static Http1Event.@Nullable Malformed framingFault(
            FramingFields framingFields, Fields fields) {
        if (framingFields.codings > 0) {
            List<String> codings = framingFields.transferCodings();
            boolean isKnown =
                    codings.equals(List.of("chunked")) || codings.equals(List.of("identity"));
            if (!isKnown) {
                return fault("RFC 9112 §6.1", "transfer coding other than chunked");
            }
            if (codings.contains("chunked")) {
                return null;
            }
        }
        // RFC 9112 §6.3: one valid length, or the same one several times
        List<String> lengths = fields.members("Content-Length");
        if (framingFields.lengths > 0 && lengths.isEmpty()) {
            return fault("RFC 9112 §6.3", "empty Content-Length");
        }
        for (String length : lengths) {
            long bytes = FramingFields.parseLength(length);
            if (bytes < 0) {
                return fault("RFC 9112 §6.3", "Content-Length is not a number of bytes");
            }
            if (bytes != FramingFields.parseLength(lengths.getFirst())) {
                return fault("RFC 9112 §6.3", "two Content-Lengths that differ");
            }
        }
        return null;
    }

    /** The fields with one transfer coding, or one length, or neither. */
    private static Fields normalised(FramingFields framingFields, Fields fields) {
        if (framingFields.codings == 0 && framingFields.lengths == 0) {
            return fields;
        }
        boolean isChunked = isChunked(framingFields);
        if (framingFields.lengths == 0 && framingFields.codings == 1 && isChunked) {
            return fields;
        }
        String length = isChunked ? "" : plainLength(fields);
        if (framingFields.codings == 0
                && framingFields.lengths == 1
                && framingFields.length.equals(length)) {
            return fields;
        }
        Fields rest = fields.without(ResponseDecoder::isFraming);
        if (isChunked) {
            return rest.with("Transfer-Encoding", "chunked");
        }
        return framingFields.lengths == 0 ? rest : rest.with("Content-Length", length);
    }

    private static Framing framing(FramingFields framingFields, Fields fields) {
        if (isChunked(framingFields)) {
            return Framing.CHUNKED;
        }
        return framingFields.lengths == 0
                ? Framing.UNTIL_CLOSE
                : new Framing.Length(FramingFields.parseLength(plainLength(fields)));
    }

    private static boolean isChunked(FramingFields framingFields) {
        return framingFields.codings > 0
                && (framingFields.isChunked()
                        || framingFields.transferCodings().contains("chunked"));
    }

    private static String plainLength(Fields fields) {
        List<String> lengths = fields.members("Content-Length");
        return lengths.isEmpty()
                ? ""
                : Long.toString(FramingFields.parseLength(lengths.getFirst()));
    }

    private static boolean isFraming(FieldLine line) {
        return line.isNamed("Content-Length") || line.isNamed("Transfer-Encoding");
    }

    private static Http1Event.Malformed fault(String rule, String detail) {
        return Role.RESPONSE.malformed(502, rule, detail);
    }
}
