package clawsec.http.h2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

/** Clients that keep a server busy with what costs them nothing, each by its usual name. */
class FloodTest {
    private static final int PATIENCE = Peers.LIMITS.patience() - Patience.SETTINGS;
    private final Peers peers = new Peers();

    /** CVE-2023-44487: each stream is given up as soon as it is opened. */
    @Test
    void rapidReset_manyStreams_endsTheConnection() {
        assertEndsAfter(
                PATIENCE / Patience.BROKEN_STREAM,
                i -> {
                    peers.send(peers.get(1 + 2 * i));
                    return Http2FrameEncoder.reset(1 + 2 * i, Http2Error.CANCEL.code());
                });
    }

    /** CVE-2025-8671: each stream is broken, so that the server gives it up. */
    @Test
    void madeYouReset_manyStreams_endsTheConnection() {
        assertEndsAfter(
                PATIENCE / Patience.BROKEN_STREAM,
                i -> {
                    peers.send(peers.post(1 + 2 * i, ""));
                    return Http2FrameEncoder.windowUpdate(1 + 2 * i, Integer.MAX_VALUE);
                });
    }

    /** CVE-2019-9512. */
    @Test
    void pingFlood_endsTheConnection() {
        assertEndsAfter(PATIENCE, Http2FrameEncoder::ping);
    }

    /** CVE-2019-9515. */
    @Test
    void settingsFlood_endsTheConnection() {
        assertEndsAfter(PATIENCE / Patience.SETTINGS, i -> Frames.bytes(Frames.EMPTY_SETTINGS));
    }

    /** CVE-2019-9518. */
    @Test
    void emptyDataFlood_endsTheConnection() {
        peers.send(peers.post(1, ""));
        assertEndsAfter(PATIENCE / (2 * Patience.USELESS_FRAME), i -> Frames.data(1, "", false));
    }

    /** CVE-2019-9513. */
    @Test
    void priorityFlood_endsTheConnection() {
        assertEndsAfter(PATIENCE, i -> Frames.bytes("000005 02 00 00000001 0000000310"));
    }

    @Test
    void windowUpdatesOfOneByte_endTheConnection() {
        assertEndsAfter(PATIENCE, i -> Http2FrameEncoder.windowUpdate(0, 1));
    }

    /**
     * What the fuzzer found: a frame for a stream that is gone counted as often as it came in
     * pieces.
     */
    @Test
    void dataOfAStreamThatIsGone_countsAFrame_notAPiece() {
        peers.send(peers.get(1));
        peers.server.response(1, Peers.response(204), true);
        byte[] frame = Frames.data(1, "x".repeat(10), false);
        for (int i = 0; i < Peers.LIMITS.patience(); i++) {
            for (byte b : frame) {
                assertTrue(
                        peers.send(new byte[] {b}).stream()
                                .noneMatch(Http2Event.Broken.class::isInstance));
            }
        }
        assertInstanceOf(Http2Event.Broken.class, peers.sendOne(frame));
    }

    /**
     * What the fuzzer found then: padding behind the content, come by itself, was an empty frame.
     */
    @Test
    void paddingThatComesAlone_isNoEmptyFrame() {
        peers.send(peers.post(1, ""));
        byte[] padded = Frames.bytes("000003 00 08 00000001 01 61 00");
        for (int i = 0; i < 2 * PATIENCE; i++) {
            for (byte b : padded) {
                assertTrue(
                        peers.send(new byte[] {b}).stream()
                                .noneMatch(Http2Event.Broken.class::isInstance));
            }
        }
    }

    @Test
    void usefulStreamsInBetween_restorePatience() {
        for (int i = 0; i < 10 * PATIENCE; i++) {
            peers.send(peers.get(1 + 2 * i), Http2FrameEncoder.ping(i));
            peers.server.response(1 + 2 * i, Peers.response(200), true);
        }
        assertInstanceOf(Http2Event.Request.class, peers.sendOne(peers.get(1 + 20 * PATIENCE)));
    }

    /** As some clients do with each message of a stream, whatever its size. */
    @Test
    void smallFramesThatAreGivenBackAtOnce_areNoFlood() {
        peers.send(peers.post(1, ""));
        peers.server.response(1, Peers.response(200), false);
        for (int i = 0; i < 10 * PATIENCE; i++) {
            peers.server.data(1, 10, false);
            peers.send(Http2FrameEncoder.windowUpdate(0, 10));
            Http2Event event = peers.sendOne(Http2FrameEncoder.windowUpdate(1, 10));
            assertInstanceOf(Http2Event.WindowGrew.class, event);
        }
    }

    @Test
    void streamIdReuse_endsTheConnection() {
        peers.send(peers.get(5));
        peers.server.response(5, Peers.response(204), true);
        for (int id : new int[] {5, 3, 4}) {
            Peers each = new Peers();
            each.send(each.get(5));
            each.server.response(5, Peers.response(204), true);
            Http2Event event = each.sendOne(each.get(id));
            assertEquals(
                    Http2Error.PROTOCOL_ERROR,
                    assertInstanceOf(Http2Event.Broken.class, event).error());
        }
    }

    @Test
    void framesOnIdleStreams_endTheConnection() {
        for (byte[] frame :
                List.of(
                        Frames.data(7, "x", false),
                        Http2FrameEncoder.reset(7, 0),
                        Http2FrameEncoder.windowUpdate(7, 2_000))) {
            Http2Event event = new Peers().sendOne(frame);
            assertEquals(
                    "on idle stream 7",
                    assertInstanceOf(Http2Event.Broken.class, event)
                            .violation()
                            .detail()
                            .replaceFirst("^.* on", "on"));
        }
    }

    /** The first so many are put up with, the next one ends it. */
    private void assertEndsAfter(int many, IntFunction<byte[]> frame) {
        for (int i = 0; i < many; i++) {
            Http2Event event = peers.sendOne(frame.apply(i));
            assertTrue(!(event instanceof Http2Event.Broken), "ended at " + i + " of " + many);
        }
        Http2Event event = peers.sendOne(frame.apply(many));
        assertEquals(
                Http2Error.ENHANCE_YOUR_CALM,
                assertInstanceOf(Http2Event.Broken.class, event).error());
        assertInstanceOf(Http2Frame.GoAway.class, peers.replies().getLast());
    }
}
