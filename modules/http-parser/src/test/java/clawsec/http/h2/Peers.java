package clawsec.http.h2;

import clawsec.http.FieldLine;
import clawsec.http.Fields;
import clawsec.http.HttpVersion;
import clawsec.http.RequestHead;
import clawsec.http.ResponseHead;
import clawsec.http.hpack.HpackEncoder;
import clawsec.http.hpack.HpackLimits;
import clawsec.http.hpack.HpackLine;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A server's end for tests, and a client that says what it likes. */
final class Peers {
    static final Http2StreamLimits LIMITS =
            new Http2StreamLimits(10, 65_535, 100_000, 131_072, 100);

    final Http2Endpoint server =
            Http2Endpoint.server(Http2Limits.DEFAULT, LIMITS, HpackLimits.DEFAULT);
    private final Http2FrameDecoder answers = Http2FrameDecoder.ofOrigin(Http2Limits.DEFAULT);
    private final Http2FrameDecoder questions = Http2FrameDecoder.ofOrigin(Http2Limits.DEFAULT);
    private final HpackEncoder encoder = new HpackEncoder(4_096);

    Peers() {
        answered(server.begin());
        send(Frames.bytes(Frames.EMPTY_SETTINGS));
        replies();
    }

    /** What the server makes of bytes from the client. */
    List<Http2Event> send(byte[]... frames) {
        List<Http2Event> events = new ArrayList<>();
        for (byte[] each : frames) {
            ByteBuffer in = ByteBuffer.wrap(each);
            Http2Frame frame = questions.poll(in);
            while (!(frame instanceof Http2Frame.NeedsInput)) {
                events.add(server.receive(frame));
                frame = questions.poll(in);
            }
        }
        return events;
    }

    Http2Event sendOne(byte[] frame) {
        return send(frame).getLast();
    }

    /** The frames that the server sends by itself. */
    List<Http2Frame> replies() {
        return answered(server.takeReplies());
    }

    List<Http2Frame> answered(byte[] bytes) {
        List<Http2Frame> frames = new ArrayList<>();
        ByteBuffer in = ByteBuffer.wrap(bytes);
        Http2Frame frame = answers.poll(in);
        while (!(frame instanceof Http2Frame.NeedsInput)) {
            frames.add(frame);
            frame = answers.poll(in);
        }
        return frames;
    }

    byte[] block(int streamId, String lines, boolean endsStream) {
        List<HpackLine> all = FieldSectionReaderTest.lines(lines);
        return Http2FrameEncoder.headers(streamId, encoder.encode(all), endsStream, 16_384);
    }

    byte[] get(int streamId) {
        return block(streamId, ":method=GET ~ :scheme=https ~ :path=/ ~ :authority=a", true);
    }

    byte[] post(int streamId, String more) {
        String lines = ":method=POST ~ :scheme=https ~ :path=/ ~ :authority=a";
        return block(streamId, more.isEmpty() ? lines : lines + " ~ " + more, false);
    }

    static FieldSection.Request request(String method) {
        return new FieldSection.Request(
                new RequestHead(
                        method,
                        "/",
                        HttpVersion.HTTP_2,
                        Fields.of(new FieldLine("host", "a.example"))),
                "https",
                Optional.empty(),
                Set.of());
    }

    static FieldSection.Response response(int status, FieldLine... lines) {
        return new FieldSection.Response(
                new ResponseHead(status, "", HttpVersion.HTTP_2, Fields.of(lines)), Set.of());
    }
}
