package clawsec.http.h2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import clawsec.http.hpack.HpackLimits;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Two endpoints that talk to each other, with windows that have to be waited for. */
class Http2RoundTripTest {
    private static final Http2StreamLimits LIMITS =
            new Http2StreamLimits(100, 65_535, 65_535, 100_000, 1_000);

    @Property(tries = 200)
    void exchanges_anyNumberAndSize_arriveWhole(
            @ForAll @Size(min = 1, max = 6) List<@IntRange(max = 200_000) Integer> sizes,
            @ForAll @IntRange(min = 1, max = 50_000) int pieceBytes) {
        End client =
                new End(
                        Http2Endpoint.client(Http2Limits.DEFAULT, LIMITS, HpackLimits.DEFAULT),
                        Http2FrameDecoder.ofOrigin(Http2Limits.DEFAULT),
                        pieceBytes);
        End server =
                new End(
                        Http2Endpoint.server(Http2Limits.DEFAULT, LIMITS, HpackLimits.DEFAULT),
                        Http2FrameDecoder.ofClient(Http2Limits.DEFAULT),
                        pieceBytes);
        client.out.writeBytes(client.endpoint.begin());
        server.out.writeBytes(server.endpoint.begin());
        for (int size : sizes) {
            client.out.writeBytes(client.endpoint.request(Peers.request("POST"), false));
            client.toSend.put(client.endpoint.lastStreamId(), size);
        }
        boolean isMoving = true;
        while (isMoving) {
            isMoving = client.work() | server.work();
            isMoving |= server.take(client.out);
            isMoving |= client.take(server.out);
        }
        for (int i = 0; i < sizes.size(); i++) {
            assertEquals(sizes.get(i), server.received.get(1 + 2 * i));
            assertEquals(sizes.get(i), client.received.get(1 + 2 * i));
        }
        assertEquals(0, client.endpoint.streamCount());
        assertEquals(0, server.endpoint.streamCount());
    }

    /** A client that sends what it has to, or a server that sends back as much as it got. */
    private static final class End {
        final Http2Endpoint endpoint;
        final ByteArrayOutputStream out = new ByteArrayOutputStream();

        /** By stream what is still to be sent. */
        final Map<Integer, Integer> toSend = new HashMap<>();

        final Map<Integer, Integer> received = new HashMap<>();
        private final Http2FrameDecoder decoder;
        private final int pieceBytes;

        End(Http2Endpoint endpoint, Http2FrameDecoder decoder, int pieceBytes) {
            this.endpoint = endpoint;
            this.decoder = decoder;
            this.pieceBytes = pieceBytes;
        }

        /** Sends what the windows allow; whether that was anything. */
        boolean work() {
            int before = out.size();
            for (int stream : List.copyOf(toSend.keySet())) {
                int left = toSend.getOrDefault(stream, 0);
                int count = Math.min(left, endpoint.sendableBytes(stream));
                if (count > 0 || left == 0) {
                    out.writeBytes(endpoint.data(stream, count, count == left));
                    out.writeBytes(new byte[count]);
                    toSend.put(stream, left - count);
                    if (count == left) {
                        toSend.remove(stream);
                    }
                }
            }
            out.writeBytes(endpoint.takeReplies());
            return out.size() > before;
        }

        /** Reads what the other end sent; whether there was anything. */
        boolean take(ByteArrayOutputStream sent) {
            byte[] all = sent.toByteArray();
            sent.reset();
            for (int from = 0; from < all.length; from += pieceBytes) {
                ByteBuffer in = ByteBuffer.wrap(all, from, Math.min(pieceBytes, all.length - from));
                Http2Frame frame = decoder.poll(in);
                while (!(frame instanceof Http2Frame.NeedsInput)) {
                    take(endpoint.receive(frame));
                    frame = decoder.poll(in);
                }
            }
            return all.length > 0;
        }

        private void take(Http2Event event) {
            assertFalse(event instanceof Http2Event.Broken, event::toString);
            assertFalse(event instanceof Http2Event.StreamBroken, event::toString);
            if (event instanceof Http2Event.Content content) {
                int count = content.bytes().remaining();
                received.merge(content.streamId(), count, Integer::sum);
                endpoint.consumed(0, content.flowBytes());
                endpoint.consumed(content.streamId(), content.flowBytes());
                if (content.endsStream() && endpoint.isWritable(content.streamId())) {
                    int stream = content.streamId();
                    out.writeBytes(endpoint.response(stream, Peers.response(200), false));
                    toSend.put(stream, received.getOrDefault(stream, 0));
                }
            }
        }
    }
}
