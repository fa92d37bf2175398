package clawsec.http.h2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import clawsec.http.FieldLine;
import clawsec.http.Fields;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class Http2EndpointTest {
    private final Peers peers = new Peers();

    @Test
    void receive_requestWithContentAndTrailers_tellsThemInOrder() {
        List<Http2Event> events =
                peers.send(
                        peers.post(1, "content-length=7"),
                        Frames.data(1, "con", false),
                        Frames.data(1, "tent", false),
                        peers.block(1, "x-end=1", true));
        assertInstanceOf(Http2Event.Request.class, events.get(0));
        assertEquals("con", text(events.get(1)));
        assertEquals("tent", text(events.get(2)));
        assertEquals(
                new Http2Event.Trailers(1, Fields.of(new FieldLine("x-end", "1"))), events.get(3));
        assertEquals(4, events.size());
    }

    @Test
    void response_headContentAndEnd_closeTheStream() {
        peers.send(peers.get(1));
        byte[] head = peers.server.response(1, Peers.response(200), false);
        assertInstanceOf(Http2Frame.HeaderBlock.class, peers.answered(head).getFirst());
        assertEquals(16_384, peers.server.sendableBytes(1));
        peers.server.data(1, 5, true);
        assertEquals(0, peers.server.streamCount());
        assertFalse(peers.server.isWritable(1));
        assertEquals(0, peers.server.response(1, Peers.response(200), true).length);
    }

    @Test
    void receive_contentOfAnotherLength_endsTheStream() {
        for (String content : List.of("12", "1234")) {
            Peers each = new Peers();
            each.send(each.post(1, "content-length=3"));
            Http2Event event = each.sendOne(Frames.data(1, content, true));
            assertEquals(
                    "content not of Content-Length",
                    assertInstanceOf(Http2Event.StreamBroken.class, event).violation().detail());
            assertEquals(List.of(new Http2Frame.Reset(1, 1)), each.replies());
        }
        assertInstanceOf(
                Http2Event.StreamBroken.class,
                peers.sendOne(
                        peers.block(
                                1,
                                ":method=POST ~ :scheme=https ~ :path=/ ~ :authority=a"
                                        + " ~ content-length=3",
                                true)));
    }

    @Test
    void receive_headThatIsMalformed_endsTheStreamAlone() {
        Http2Event event = peers.sendOne(peers.block(1, ":method=GET", true));
        assertEquals(
                "RFC 9113 §8.3.1",
                assertInstanceOf(Http2Event.StreamBroken.class, event).violation().rule());
        assertInstanceOf(Http2Event.Request.class, peers.sendOne(peers.get(3)));
    }

    @Test
    void receive_headThatIsTooLarge_canBeAnswered() {
        String lines = ":method=GET ~ :scheme=https ~ :path=/ ~ :authority=a";
        Http2Event event = peers.sendOne(peers.block(1, lines + " ~ a=b".repeat(300), true));
        assertEquals(431, assertInstanceOf(Http2Event.TooLarge.class, event).violation().status());
        assertTrue(peers.server.response(1, Peers.response(431), true).length > 0);
    }

    @Test
    void receive_streamsAtTheLimit_areTakenAndOneMoreIsRefused() {
        for (int i = 0; i < Peers.LIMITS.streams(); i++) {
            assertInstanceOf(Http2Event.Request.class, peers.sendOne(peers.get(1 + 2 * i)));
        }
        Http2Event event = peers.sendOne(peers.get(21));
        assertEquals(
                Http2Error.REFUSED_STREAM,
                assertInstanceOf(Http2Event.StreamBroken.class, event).error());
        peers.server.response(1, Peers.response(204), true);
        assertInstanceOf(Http2Event.Request.class, peers.sendOne(peers.get(23)));
    }

    @Test
    void receive_tableOfARefusedStream_isStillKept() {
        for (int i = 0; i <= Peers.LIMITS.streams(); i++) {
            peers.send(
                    peers.block(
                            1 + 2 * i,
                            ":method=GET ~ :scheme=https ~ :path=/ ~ :authority=a ~ n=" + i,
                            true));
        }
        peers.server.response(1, Peers.response(204), true);
        Http2Event event =
                peers.sendOne(
                        peers.block(
                                23,
                                ":method=GET ~ :scheme=https ~ :path=/ ~ :authority=a ~ n=10",
                                true));
        Http2Event.Request request = assertInstanceOf(Http2Event.Request.class, event);
        assertEquals("10", request.request().head().fields().first("n").orElseThrow());
    }

    @Test
    void consumed_halfAWindow_isAnnounced() {
        peers.send(peers.post(1, ""));
        int half = Peers.LIMITS.streamWindowBytes() / 2;
        peers.server.consumed(1, half - 1);
        assertEquals(List.of(), peers.replies());
        peers.server.consumed(1, 1);
        assertEquals(List.of(new Http2Frame.WindowUpdate(1, half)), peers.replies());
        int halfOfAll = Peers.LIMITS.connectionWindowBytes() / 2;
        peers.server.consumed(0, halfOfAll - 1);
        assertEquals(List.of(), peers.replies());
        peers.server.consumed(0, 1);
        assertEquals(List.of(new Http2Frame.WindowUpdate(0, halfOfAll)), peers.replies());
    }

    @Test
    void consumed_atOnceInALongStream_letsItsWindowGrow_upToTheLimit() {
        peers.send(peers.post(1, ""));
        int window = Peers.LIMITS.streamWindowBytes();
        long before = announcedBeyond(4 * window - 1);
        assertTrue(before <= 0, "not long yet");
        int growth = Peers.LIMITS.mostStreamWindowBytes() - window;
        long beyond = before + announcedBeyond(8 * window);
        assertTrue(beyond > 0, "it grew by " + beyond);
        assertTrue(beyond <= growth, "it grew by " + beyond);
    }

    @Test
    void consumed_late_doesNotLetTheWindowGrow() {
        peers.send(peers.post(1, ""));
        peers.sendOne(Frames.data(1, "waits", false));
        assertTrue(announcedBeyond(12 * Peers.LIMITS.streamWindowBytes()) <= 0);
    }

    /**
     * Sends content on stream 1, each piece of it consumed as it comes.
     *
     * @return how much more the server let come than came
     */
    private long announcedBeyond(int bytes) {
        long beyond = 0;
        for (int left = bytes; left > 0; left -= Math.min(left, 16_000)) {
            int count = Math.min(left, 16_000);
            peers.sendOne(Frames.data(1, "x".repeat(count), false));
            peers.server.consumed(0, count);
            peers.server.consumed(1, count);
            beyond -= count;
            for (Http2Frame reply : peers.replies()) {
                if (reply instanceof Http2Frame.WindowUpdate update && update.streamId() == 1) {
                    beyond += update.increment();
                }
            }
        }
        return beyond;
    }

    @Test
    void receive_moreThanTheStreamsWindow_endsTheStream() {
        peers.send(peers.post(1, ""));
        String frame = "x".repeat(16_383);
        for (int i = 0; i < 4; i++) {
            assertInstanceOf(Http2Event.Content.class, peers.sendOne(Frames.data(1, frame, false)));
        }
        assertInstanceOf(Http2Event.Content.class, peers.sendOne(Frames.data(1, "xyz", false)));
        Http2Event event = peers.sendOne(Frames.data(1, "x", false));
        assertEquals(
                Http2Error.FLOW_CONTROL_ERROR,
                assertInstanceOf(Http2Event.StreamBroken.class, event).error());
    }

    @Test
    void receive_moreThanTheConnectionsWindow_endsTheConnection() {
        Http2Event event = Http2Event.NOTHING;
        String frame = "x".repeat(16_384);
        int sent = 0;
        for (int stream = 1; sent <= Peers.LIMITS.connectionWindowBytes(); stream += 2) {
            peers.send(peers.post(stream, ""));
            for (int i = 0; i < 3 && sent <= Peers.LIMITS.connectionWindowBytes(); i++) {
                event = peers.sendOne(Frames.data(stream, frame, false));
                sent += frame.length();
            }
        }
        assertEquals(
                Http2Error.FLOW_CONTROL_ERROR,
                assertInstanceOf(Http2Event.Broken.class, event).error());
        assertInstanceOf(Http2Frame.GoAway.class, peers.replies().getLast());
        assertEquals(Http2Event.NOTHING, peers.sendOne(peers.get(99)));
    }

    @Test
    void sendableBytes_windowsOfBothKinds_bindAndGrow() {
        peers.send(peers.get(1), peers.get(3));
        peers.server.response(1, Peers.response(200), false);
        peers.server.response(3, Peers.response(200), false);
        for (int i = 0; i < 3; i++) {
            peers.server.data(1, 16_384, false);
        }
        peers.server.data(1, 16_383, false);
        assertEquals(0, peers.server.sendableBytes(1));
        assertEquals(0, peers.server.sendableBytes(3));
        assertThrows(IllegalStateException.class, () -> peers.server.data(3, 1, false));
        assertEquals(
                new Http2Event.WindowGrew(0),
                peers.sendOne(Http2FrameEncoder.windowUpdate(0, 5_000)));
        assertEquals(0, peers.server.sendableBytes(1));
        assertEquals(5_000, peers.server.sendableBytes(3));
        peers.send(Http2FrameEncoder.windowUpdate(1, 2_000));
        assertEquals(2_000, peers.server.sendableBytes(1));
    }

    /** RFC 9113 §6.9.2: smaller first windows can leave a stream with less than nothing. */
    @Test
    void receive_firstWindowChanged_changesThoseOfOpenStreams() {
        peers.send(peers.get(1));
        peers.server.response(1, Peers.response(200), false);
        peers.server.data(1, 10_000, false);
        peers.send(Http2FrameEncoder.settings(List.of(new Http2Setting(4, 8_000))));
        assertEquals(0, peers.server.sendableBytes(1));
        peers.send(Http2FrameEncoder.windowUpdate(1, 2_000));
        assertEquals(0, peers.server.sendableBytes(1));
        peers.send(Http2FrameEncoder.windowUpdate(1, 2_000));
        assertEquals(2_000, peers.server.sendableBytes(1));
        Http2Event event =
                peers.sendOne(
                        Http2FrameEncoder.settings(
                                List.of(new Http2Setting(4, Integer.MAX_VALUE))));
        assertEquals(new Http2Event.WindowGrew(0), event);
    }

    @Test
    void receive_windowBeyondTheMost_endsStreamOrConnection() {
        peers.send(peers.get(1));
        Http2Event ofStream = peers.sendOne(Http2FrameEncoder.windowUpdate(1, Integer.MAX_VALUE));
        assertEquals(
                Http2Error.FLOW_CONTROL_ERROR,
                assertInstanceOf(Http2Event.StreamBroken.class, ofStream).error());
        Http2Event ofConnection =
                peers.sendOne(Http2FrameEncoder.windowUpdate(0, Integer.MAX_VALUE));
        assertEquals(
                Http2Error.FLOW_CONTROL_ERROR,
                assertInstanceOf(Http2Event.Broken.class, ofConnection).error());
    }

    @Test
    void goAway_streamsThatAreThere_goOnAndNewOnesDoNot() {
        peers.send(peers.get(1));
        peers.server.goAway();
        peers.server.goAway();
        assertEquals(List.of(new Http2Frame.GoAway(1, 0, "")), peers.replies());
        assertEquals(Http2Event.NOTHING, peers.sendOne(peers.get(3)));
        assertEquals(1, peers.server.streamCount());
        assertTrue(peers.server.response(1, Peers.response(200), true).length > 0);
        assertEquals(0, peers.server.streamCount());
    }

    @Test
    void reset_framesStillOnTheirWay_areIgnored() {
        peers.send(peers.post(1, ""));
        peers.server.reset(1, Http2Error.CANCEL);
        assertEquals(List.of(new Http2Frame.Reset(1, 8)), peers.replies());
        assertEquals(Http2Event.NOTHING, peers.sendOne(Frames.data(1, "late", false)));
        assertEquals(Http2Event.NOTHING, peers.sendOne(peers.block(1, "x=y", true)));
    }

    @Test
    void receive_pingAndSettings_areAnswered() {
        peers.send(Http2FrameEncoder.ping(7), Frames.bytes(Frames.EMPTY_SETTINGS));
        assertEquals(
                List.of(new Http2Frame.PingAck(7), new Http2Frame.SettingsAck()), peers.replies());
    }

    private static String text(Http2Event event) {
        Http2Event.Content content = assertInstanceOf(Http2Event.Content.class, event);
        return StandardCharsets.ISO_8859_1.decode(content.bytes()).toString();
    }
}
