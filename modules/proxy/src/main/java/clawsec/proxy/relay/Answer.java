package clawsec.proxy.relay;

import clawsec.http.FieldLine;
import clawsec.http.Fields;
import clawsec.http.HttpVersion;
import clawsec.http.ResponseHead;
import clawsec.http.Violation;
import clawsec.http.h1.Http1Encoder;
import clawsec.http.h2.FieldSection;
import clawsec.proxy.h2.Http2Channel;
import clawsec.proxy.net.Wire;
import clawsec.proxy.origin.OriginFailure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A response of the monitor's own.
 *
 * @param extra further field lines, such as Proxy-Status
 */
record Answer(int status, String contentType, byte[] content, List<FieldLine> extra) {
    private static final Map<Integer, String> REASONS =
            Map.ofEntries(
                    Map.entry(200, "OK"),
                    Map.entry(400, "Bad Request"),
                    Map.entry(404, "Not Found"),
                    Map.entry(405, "Method Not Allowed"),
                    Map.entry(408, "Request Timeout"),
                    Map.entry(413, "Content Too Large"),
                    Map.entry(414, "URI Too Long"),
                    Map.entry(417, "Expectation Failed"),
                    Map.entry(421, "Misdirected Request"),
                    Map.entry(431, "Request Header Fields Too Large"),
                    Map.entry(501, "Not Implemented"),
                    Map.entry(502, "Bad Gateway"),
                    Map.entry(503, "Service Unavailable"),
                    Map.entry(504, "Gateway Timeout"),
                    Map.entry(505, "HTTP Version Not Supported"));

    static Answer text(int status, String words, FieldLine... extra) {
        return new Answer(status, "text/plain; charset=utf-8", bytes(words), List.of(extra));
    }

    /** What is said of a request that breaks the protocol. */
    static Answer refusal(Violation violation) {
        return text(
                violation.status(),
                "ClawSec Monitor refused this request: "
                        + violation.detail()
                        + " ("
                        + violation.rule()
                        + ").\n"
                        + remedy(violation));
    }

    /** Names the setting where one says how much is too much. */
    private static String remedy(Violation violation) {
        return violation.status() == 414 || violation.status() == 431
                ? "What to do: raise max_header_bytes if the client is right to send so much. It"
                        + " bounds a head, of which the request line may take half, and the lines"
                        + " too, at one for each 256 bytes and no fewer than 256.\n"
                : "";
    }

    /** What failed, and what to do, with the error's registered name (RFC 9209). */
    static Answer failure(OriginFailure failure) {
        String words = String.valueOf(failure.getMessage());
        String details =
                words.replaceAll("[^ -~]", "?").replace("\\", "\\\\").replace("\"", "\\\"");
        return new Answer(
                failure.status(),
                "text/plain; charset=utf-8",
                bytes(
                        "ClawSec Monitor could not pass this request on.\n\n"
                                + words
                                + "\nWhat to do: "
                                + failure.remedy()
                                + "\n"),
                List.of(
                        new FieldLine(
                                "Proxy-Status",
                                "clawsec; error="
                                        + failure.error()
                                        + "; details=\""
                                        + details
                                        + "\"")));
    }

    /**
     * The head of this answer.
     *
     * @param announced what it says of the connection
     */
    ResponseHead head(List<FieldLine> announced) {
        List<FieldLine> lines = new ArrayList<>(extra);
        lines.add(new FieldLine("Content-Type", contentType));
        lines.add(new FieldLine("Content-Length", Integer.toString(content.length)));
        lines.add(new FieldLine("Cache-Control", "no-store"));
        lines.add(new FieldLine("X-Content-Type-Options", "nosniff"));
        lines.addAll(announced);
        String reason = REASONS.getOrDefault(status, "");
        return new ResponseHead(status, reason, HttpVersion.HTTP_1_1, new Fields(lines));
    }

    /**
     * Sends this answer to a client of HTTP/1.1.
     *
     * @param withContent false in answer to HEAD
     * @param announced what it says of the connection
     */
    void send(Wire client, boolean withContent, List<FieldLine> announced) throws IOException {
        client.write(Http1Encoder.encode(head(announced)));
        if (withContent) {
            client.write(content);
        }
        client.flush();
    }

    /**
     * Sends this answer on a stream of HTTP/2.
     *
     * @param withContent false in answer to HEAD
     */
    void send(Http2Channel client, boolean withContent) throws IOException {
        client.respond(new FieldSection.Response(head(List.of()), Set.of()), !withContent);
        if (withContent) {
            client.write(ByteBuffer.wrap(content));
            client.end(Fields.EMPTY);
        }
        client.flush();
    }

    private static byte[] bytes(String words) {
        return words.getBytes(StandardCharsets.UTF_8);
    }
}
