package clawsec.http.h2;

import clawsec.http.Fields;
import clawsec.http.Violation;
import java.nio.ByteBuffer;

/** What a frame means to an endpoint that has the streams in view. */
public sealed interface Http2Event {
    /** A request begins a stream. */
    record Request(int streamId, FieldSection.Request request, boolean endsStream)
            implements Http2Event {}

    /** A response, interim or not. */
    record Response(int streamId, FieldSection.Response response, boolean endsStream)
            implements Http2Event {}

    /** Trailers; the stream's peer sends no more. */
    record Trailers(int streamId, Fields fields) implements Http2Event {}

    /**
     * Content.
     *
     * @param bytes as in {@link Http2Frame.Data}
     * @param flowBytes to be given back by {@link Http2Endpoint#consumed}, of the stream and of the
     *     connection, as they are dealt with
     */
    record Content(int streamId, ByteBuffer bytes, int flowBytes, boolean endsStream)
            implements Http2Event {}

    /** The peer gave a stream up. */
    record Reset(int streamId, long code) implements Http2Event {}

    /**
     * The peer broke a stream, which was reset: the answer is on its way.
     *
     * @param error sent to the peer
     */
    record StreamBroken(int streamId, Http2Error error, Violation violation)
            implements Http2Event {}

    /**
     * A request that was read for the tables' sake alone, since it is too large; to be answered
     * with the violation's status.
     */
    record TooLarge(int streamId, Violation violation) implements Http2Event {}

    /** More can be sent, in one stream or, for stream 0, in all. */
    record WindowGrew(int streamId) implements Http2Event {}

    /** The peer opens or takes no streams above one; those below go on. */
    record GoingAway(int lastStreamId, long code, String debug) implements Http2Event {}

    /** The connection is broken: what is to be sent ends with GOAWAY, and nothing is read. */
    record Broken(Http2Error error, Violation violation) implements Http2Event {}

    /** Nothing that concerns anybody but the endpoint. */
    record Nothing() implements Http2Event {}

    Http2Event NOTHING = new Nothing();
}
