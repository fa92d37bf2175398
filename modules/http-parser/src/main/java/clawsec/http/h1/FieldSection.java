package clawsec.http.h1;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import clawsec.http.FieldLine;
import clawsec.http.Fields;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads field lines up to the empty line that ends them (RFC 9112 §5), headers and trailers. */
final class FieldSection {
    private final Role role;
    private final Http1Limits limits;
    private final LineReader lines;
    private final List<FieldLine> fieldLines = new ArrayList<>();
    private int remainingBytes;
    private int lineCount;

    /** Lenient: the line before was dropped, and so are its continuations. */
    private boolean isDropping;

    FieldSection(Role role, Http1Limits limits, LineReader lines) {
        this.role = role;
        this.limits = limits;
        this.lines = lines;
    }

    /** Begins a section in which {@code usedBytes} of the bound are spent already. */
    void start(int usedBytes) {
        remainingBytes = Math.max(0, limits.headBytes() - usedBytes);
        lineCount = 0;
        isDropping = true;
        fieldLines.clear();
    }

    /** Null once the section is whole; until then what the decoder answers. */
    @Nullable Http1Event read(ByteBuffer in) {
        while (true) {
            switch (lines.next(in, remainingBytes)) {
                case PARTIAL -> {
                    return Http1Event.NEEDS_INPUT;
                }
                case TOO_LONG -> {
                    return tooLarge();
                }
                case BAD -> {
                    return badControl(lines, "field line " + (lineCount + 1));
                }
                case LINE -> {
                    remainingBytes -= lines.lineBytes();
                    if (lines.from == lines.to) {
                        return null;
                    }
                    if (++lineCount > limits.fieldLines()) {
                        return role.malformed(
                                431,
                                "RFC 9110 §5.4",
                                "more than " + limits.fieldLines() + " lines");
                    }
                    Http1Event fault = role.isStrict() ? readStrictly() : readLeniently();
                    if (fault != null) {
                        return fault;
                    }
                }
            }
        }
    }

    /** Bytes of the lines read so far. */
    int lineBytes() {
        return fieldLines.isEmpty() ? 0 : limits.headBytes() - remainingBytes;
    }

    /** The lines read, which the section then forgets. */
    Fields take() {
        Fields fields = new Fields(fieldLines);
        fieldLines.clear();
        return fields;
    }

    /** The breach that a {@link LineReader.Cut#BAD} line is. */
    static Http1Event.Malformed badControl(LineReader lines, String place) {
        byte bad = lines.bytes[lines.to];
        String what =
                switch (bad) {
                    case '\r' -> "CR without LF";
                    case '\n' -> "LF without CR";
                    default -> "control character " + bad;
                };
        // RFC 9112 §2.2, RFC 9110 §5.5
        return Role.REQUEST.malformed(400, "RFC 9112 §2.2", what + " in " + place);
    }

    private Http1Event.@Nullable Malformed readStrictly() {
        byte[] bytes = lines.bytes;
        int from = lines.from;
        // RFC 9112 §5.2, and §2.2 for a blank before the first field
        if (Octets.isBlank(bytes[from])) {
            return fault("RFC 9112 §5.2", "folded, or white space before the name");
        }
        int colon = nameEnd(bytes, from, lines.to);
        if (colon == lines.to || bytes[colon] != ':') {
            // RFC 9112 §5.1
            return colon < lines.to && Octets.isBlank(bytes[colon])
                    ? fault("RFC 9112 §5.1", "white space before the colon")
                    : fault("RFC 9110 §5.1", "invalid field name, or no colon");
        }
        if (colon == from) {
            return fault("RFC 9110 §5.1", "empty field name");
        }
        add(from, colon, colon + 1);
        return null;
    }

    private Http1Event.@Nullable Malformed readLeniently() {
        // RFC 9110 §5.5
        if (lines.hasNul()) {
            return fault("RFC 9110 §5.5", "NUL");
        }
        byte[] bytes = lines.bytes;
        int from = lines.from;
        // RFC 9112 §5.2: a fold becomes a space; §2.2: before the first field it is ignored
        if (Octets.isBlank(bytes[from])) {
            if (!isDropping) {
                unfold();
            }
            return null;
        }
        int nameEnd = nameEnd(bytes, from, lines.to);
        int colon = nameEnd;
        while (colon < lines.to && Octets.isBlank(bytes[colon])) {
            colon++;
        }
        isDropping = nameEnd == from || colon == lines.to || bytes[colon] != ':';
        if (!isDropping) {
            // RFC 9112 §5.1: white space before a response's colon is removed
            add(from, nameEnd, colon + 1);
        }
        return null;
    }

    private void unfold() {
        FieldLine last = fieldLines.removeLast();
        String more = lines.text(lines.from, lines.to);
        String value = last.value();
        String joined = value.isEmpty() || more.isEmpty() ? value + more : value + " " + more;
        fieldLines.add(new FieldLine(last.name(), joined));
    }

    private void add(int from, int nameEnd, int valueFrom) {
        String name = new String(lines.bytes, from, nameEnd - from, ISO_8859_1);
        fieldLines.add(new FieldLine(name, lines.text(valueFrom, lines.to)));
    }

    private static int nameEnd(byte[] bytes, int from, int to) {
        int i = from;
        while (i < to && Octets.isToken(bytes[i])) {
            i++;
        }
        return i;
    }

    private Http1Event.Malformed tooLarge() {
        return role.malformed(
                431, "RFC 9110 §5.4", "head or trailers exceed " + limits.headBytes() + " bytes");
    }

    private Http1Event.Malformed fault(String rule, String what) {
        return role.malformed(400, rule, what + " in " + place());
    }

    private String place() {
        return "field line " + lineCount;
    }
}
