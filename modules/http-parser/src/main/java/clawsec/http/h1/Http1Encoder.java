package clawsec.http.h1;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import clawsec.http.FieldLine;
import clawsec.http.Fields;
import clawsec.http.MessageHead;
import clawsec.http.RequestHead;
import clawsec.http.ResponseHead;
import java.util.List;

/**
 * Writes heads and the frame around chunks (RFC 9112). Stateless. A head or trailer that holds a
 * line break or another control character is our own mistake and refused with {@link
 * IllegalStateException}: it would be read as something else than was inspected.
 */
public final class Http1Encoder {
    private Http1Encoder() {}

    /** Start line, field lines as they stand, and the empty line. */
    public static byte[] encode(MessageHead head) {
        StringBuilder text = new StringBuilder(512);
        switch (head) {
            case RequestHead request ->
                    text.append(request.method())
                            .append(' ')
                            .append(request.target())
                            .append(' ')
                            .append(request.version());
            case ResponseHead response ->
                    text.append(response.version())
                            .append(' ')
                            .append(response.status())
                            .append(' ')
                            .append(response.reason());
        }
        text.append("\r\n");
        return finish(text, head.fields());
    }

    /** The chunk-size line before {@code bytes} bytes of chunk data; more than 0. */
    public static byte[] chunkPrefix(int bytes) {
        if (bytes < 1) {
            throw new IllegalArgumentException("chunk of " + bytes + " bytes");
        }
        return (Integer.toHexString(bytes) + "\r\n").getBytes(ISO_8859_1);
    }

    /** CR LF, which follows chunk data. */
    public static byte[] crlf() {
        return new byte[] {'\r', '\n'};
    }

    /** The last chunk, the trailer section and the empty line. */
    public static byte[] lastChunk(Fields trailers) {
        return finish(new StringBuilder("0\r\n"), trailers);
    }

    /** Field lines and the empty line after the one line that {@code text} holds. */
    private static byte[] finish(StringBuilder text, Fields fields) {
        List<FieldLine> lines = fields.lines();
        for (int i = 0; i < lines.size(); i++) {
            FieldLine line = lines.get(i);
            text.append(line.name()).append(": ").append(line.value()).append("\r\n");
        }
        byte[] bytes = text.append("\r\n").toString().getBytes(ISO_8859_1);
        requireLines(bytes, lines.size() + 2);
        return bytes;
    }

    private static void requireLines(byte[] bytes, int expected) {
        int count = 0;
        int i = 0;
        while ((i = Octets.indexOfControl(bytes, i, bytes.length)) < bytes.length) {
            if (bytes[i] == '\t') {
                i++;
            } else if (bytes[i] == '\r' && i + 1 < bytes.length && bytes[i + 1] == '\n') {
                count++;
                i += 2;
            } else {
                throw new IllegalStateException("control character " + bytes[i] + " in a head");
            }
        }
        if (count != expected) {
            throw new IllegalStateException(count + " lines in a head of " + expected);
        }
    }
}
