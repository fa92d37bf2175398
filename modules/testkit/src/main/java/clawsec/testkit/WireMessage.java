package clawsec.testkit;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One HTTP/1.1 message as it came over the wire, read by the least parser that will do. It is apart
 * from the product's on purpose: a test that read with the product's parser would agree with its
 * faults. Immutable.
 */
public final class WireMessage {
    private final String startLine;
    private final List<String> fieldLines;
    private final byte[] body;
    private final List<String> trailerLines;

    private WireMessage(
            String startLine, List<String> fieldLines, byte[] body, List<String> trailerLines) {
        this.startLine = startLine;
        this.fieldLines = List.copyOf(fieldLines);
        this.body = body.clone();
        this.trailerLines = List.copyOf(trailerLines);
    }

    /** Reads a request; empty where the stream ended before its first byte. */
    public static Optional<WireMessage> readRequest(InputStream in) throws IOException {
        Optional<List<String>> head = readHead(in);
        return head.isPresent() ? Optional.of(withBody(head.get(), in, false)) : Optional.empty();
    }

    /** Reads the head of a request and leaves its content in the stream. */
    public static WireMessage readRequestHead(InputStream in) throws IOException {
        List<String> head =
                readHead(in).orElseThrow(() -> new EOFException("closed instead of a request"));
        return new WireMessage(head.getFirst(), tail(head), new byte[0], List.of());
    }

    /**
     * Reads a response: by Content-Length, by chunks, or until the stream ends. An interim (1xx)
     * response is a message of its own.
     *
     * @param isBodiless true where the request was HEAD or a CONNECT that may succeed
     */
    public static WireMessage readResponse(InputStream in, boolean isBodiless) throws IOException {
        List<String> head =
                readHead(in).orElseThrow(() -> new EOFException("closed instead of a response"));
        WireMessage bare = new WireMessage(head.getFirst(), tail(head), new byte[0], List.of());
        int status = bare.status();
        if (isBodiless || status < 200 || status == 204 || status == 304) {
            return bare;
        }
        return withBody(head, in, true);
    }

    private static WireMessage withBody(List<String> head, InputStream in, boolean isResponse)
            throws IOException {
        WireMessage bare = new WireMessage(head.getFirst(), tail(head), new byte[0], List.of());
        Optional<String> length = bare.field("content-length");
        List<String> trailers = List.of();
        byte[] body = new byte[0];
        if (bare.field("transfer-encoding")
                .orElse("")
                .toLowerCase(Locale.ROOT)
                .contains("chunked")) {
            ByteArrayOutputStream collected = new ByteArrayOutputStream();
            readChunks(in, collected);
            trailers = readLines(in);
            body = collected.toByteArray();
        } else if (length.isPresent()) {
            body = readExactly(in, Integer.parseInt(length.get()));
        } else if (isResponse) {
            body = in.readAllBytes();
        }
        return new WireMessage(head.getFirst(), tail(head), body, trailers);
    }

    /** {@code GET / HTTP/1.1} or {@code HTTP/1.1 200 OK}. */
    public String startLine() {
        return startLine;
    }

    /** The status of a response. */
    public int status() {
        return Integer.parseInt(startLine.split(" ", 3)[1]);
    }

    /** The method of a request. */
    public String method() {
        return startLine.split(" ", 3)[0];
    }

    /** The target of a request. */
    public String target() {
        return startLine.split(" ", 3)[1];
    }

    /** Field lines as received, in order. */
    public List<String> fieldLines() {
        return fieldLines;
    }

    /** Trailer lines as received, in order. */
    public List<String> trailerLines() {
        return trailerLines;
    }

    /** The value of the first field of this name, whatever its case. */
    public Optional<String> field(String name) {
        return fields(name).stream().findFirst();
    }

    /** The values of all fields of this name, whatever its case, in order. */
    public List<String> fields(String name) {
        String prefix = name.toLowerCase(Locale.ROOT) + ":";
        return fieldLines.stream()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(prefix))
                .map(line -> line.substring(prefix.length()).strip())
                .toList();
    }

    /** The content, transfer coding removed, content coding still on. */
    public byte[] body() {
        return body.clone();
    }

    /** The content as UTF-8. */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return startLine + "\n" + String.join("\n", fieldLines) + "\n\n" + text();
    }

    private static List<String> tail(List<String> head) {
        return head.subList(1, head.size());
    }

    private static Optional<List<String>> readHead(InputStream in) throws IOException {
        Optional<String> first = readLine(in);
        if (first.isEmpty()) {
            return Optional.empty();
        }
        List<String> lines = new ArrayList<>(List.of(first.get()));
        lines.addAll(readLines(in));
        return Optional.of(lines);
    }

    private static List<String> readLines(InputStream in) throws IOException {
        List<String> lines = new ArrayList<>();
        while (true) {
            String line = readLine(in).orElseThrow(() -> new EOFException("closed in a head"));
            if (line.isEmpty()) {
                return lines;
            }
            lines.add(line);
        }
    }

    private static void readChunks(InputStream in, ByteArrayOutputStream into) throws IOException {
        while (true) {
            String line = readLine(in).orElseThrow(() -> new EOFException("closed in chunks"));
            int size = Integer.parseInt(line.split(";", 2)[0].strip(), 16);
            if (size == 0) {
                return;
            }
            into.write(readExactly(in, size));
            String end = readLine(in).orElseThrow(() -> new EOFException("closed after a chunk"));
            if (!end.isEmpty()) {
                throw new IOException("chunk of " + size + " bytes is followed by '" + end + "'");
            }
        }
    }

    /** A line without its CR LF, which is required; empty where the stream ended before it. */
    private static Optional<String> readLine(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        int next;
        while ((next = in.read()) >= 0) {
            if (next == '\n') {
                if (line.isEmpty() || line.charAt(line.length() - 1) != '\r') {
                    throw new IOException("line '" + line + "' ends in a bare LF");
                }
                return Optional.of(line.substring(0, line.length() - 1));
            }
            line.append((char) next);
        }
        if (!line.isEmpty()) {
            throw new EOFException("closed in line '" + line + "'");
        }
        return Optional.empty();
    }

    private static byte[] readExactly(InputStream in, int count) throws IOException {
        byte[] bytes = in.readNBytes(count);
        if (bytes.length < count) {
            throw new EOFException("closed after " + bytes.length + " of " + count + " bytes");
        }
        return bytes;
    }
}
