package clawsec.proxy.h2;

import clawsec.http.Violation;
import clawsec.http.h2.FieldSection;

/** Who a connection belongs to. Called by its reading thread, under its lock: must not wait. */
public interface Http2Owner {
    /**
     * A client opened a stream.
     *
     * @param endsStream whether no content follows
     */
    void opened(Http2Channel channel, FieldSection.Request request, boolean endsStream);

    /** A client opened a stream with a head that is too large. */
    void refused(Http2Channel channel, Violation violation);

    /** How many streams are open has changed. */
    void counted(int streams);

    /** The peer broke the protocol: a stream or, for stream 0, the connection. */
    void broke(int streamId, Violation violation);
}
