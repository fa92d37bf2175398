package clawsec.proxy.h2;

import clawsec.http.Fields;
import clawsec.http.h2.Http2Endpoint;
import clawsec.http.h2.Http2Error;
import clawsec.http.h2.Http2Event;
import clawsec.proxy.net.Wire;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The open streams of a connection, and what the peer's frames mean for them. Guarded by the
 * connection's lock.
 */
final class Channels {
    /**
     * While all connections hold more of the heap than they may, a stream of which more waits is
     * given up.
     */
    static final int OVERFULL_BYTES = 65_536;

    private final Http2Connection connection;
    private final Wire wire;
    private final Http2Endpoint endpoint;
    private final Http2Owner owner;
    private final Map<Integer, Http2Channel> channels = new HashMap<>();
    private final List<Runnable> aborts = new ArrayList<>();
    private int heldBytes;

    Channels(Http2Connection connection, Http2Endpoint endpoint, Http2Owner owner) {
        this.connection = connection;
        this.wire = connection.wire();
        this.endpoint = endpoint;
        this.owner = owner;
    }

    boolean isEmpty() {
        return channels.isEmpty();
    }

    /** A stream that the peer opened. */
    Http2Channel open(int streamId) {
        Http2Channel channel = new Http2Channel(connection, streamId);
        add(streamId, channel);
        return channel;
    }

    void add(int streamId, Http2Channel channel) {
        channels.put(streamId, channel);
        count();
    }

    private void count() {
        wire.carries(channels.size());
        owner.counted(channels.size());
        if (channels.isEmpty()) {
            connection.idles();
        }
    }

    /** Notes that so many bytes of content wait for whoever has their stream. */
    void hold(int bytes) {
        heldBytes += bytes;
        wire.holdsBesides(heldBytes);
    }

    /** Forgets a stream that both ends have finished, or one of them gave up. */
    void forgetIfClosed(int streamId) {
        if (!endpoint.isOpen(streamId) && channels.remove(streamId) != null) {
            count();
        }
    }

    /** What is to be run without the lock, since another connection's may be taken in it. */
    List<Runnable> takeAborts() {
        List<Runnable> taken = List.copyOf(aborts);
        aborts.clear();
        return taken;
    }

    /** False when that ended the connection. */
    boolean handle(Http2Event event) {
        switch (event) {
            case Http2Event.Request request -> request(request);
            case Http2Event.TooLarge large ->
                    owner.refused(open(large.streamId()), large.violation());
            case Http2Event.Response response ->
                    at(response.streamId())
                            .ifPresent(channel ->
                                    channel.responded(response.response(), response.endsStream()));
            case Http2Event.Content content -> content(content);
            case Http2Event.Trailers trailers -> {
                at(trailers.streamId()).ifPresent(channel -> channel.ended(trailers.fields()));
                forgetIfClosed(trailers.streamId());
            }
            case Http2Event.Reset reset -> givenUp(reset.streamId(), reset.code());
            case Http2Event.StreamBroken broken -> {
                owner.broke(broken.streamId(), broken.violation());
                at(broken.streamId()).ifPresent(channel -> channel.broke(broken.violation()));
                drop(broken.streamId(), broken.error().code());
            }
            case Http2Event.WindowGrew grew -> windowGrew(grew.streamId());
            case Http2Event.GoingAway away -> connection.peerIsLeaving(away.lastStreamId());
            case Http2Event.Broken broken -> {
                owner.broke(0, broken.violation());
                return false;
            }
            case Http2Event.Nothing nothing -> {}
        }
        return true;
    }

    private Optional<Http2Channel> at(int streamId) {
        return Optional.ofNullable(channels.get(streamId));
    }

    private void request(Http2Event.Request request) {
        if (wire.isOverfull() && !channels.isEmpty()) {
            endpoint.reset(request.streamId(), Http2Error.REFUSED_STREAM.code());
            return;
        }
        Http2Channel channel = open(request.streamId());
        if (request.endsStream()) {
            channel.ended(Fields.EMPTY);
        }
        owner.opened(channel, request.request(), request.endsStream());
    }

    private void content(Http2Event.Content content) {
        Http2Channel channel = channels.get(content.streamId());
        boolean isOverfull = wire.isOverfull();
        if (isOverfull && channel != null && channel.waitingBytes() > OVERFULL_BYTES) {
            endpoint.consumed(0, content.flowBytes());
            endpoint.reset(content.streamId(), Http2Error.ENHANCE_YOUR_CALM.code());
            channel.discard();
            drop(content.streamId(), Http2Error.ENHANCE_YOUR_CALM.code());
            return;
        }
        // Where memory is short, whoever has the stream has to deal with it first.
        boolean isFree = channel == null || !isOverfull;
        if (isFree) {
            endpoint.consumed(0, content.flowBytes());
        }
        if (channel != null) {
            hold(content.bytes().remaining());
            channel.received(
                    content.bytes(), content.flowBytes(), isFree ? 0 : content.flowBytes());
            if (content.endsStream()) {
                channel.ended(Fields.EMPTY);
            }
            forgetIfClosed(content.streamId());
        }
    }

    private void windowGrew(int streamId) {
        if (streamId == 0) {
            channels.values().forEach(Http2Channel::signal);
        } else {
            at(streamId).ifPresent(Http2Channel::signal);
        }
    }

    /** RFC 9113 §6.8: streams above the last were not and will not be looked at. */
    void refuseAbove(int lastStreamId) {
        for (int streamId : List.copyOf(channels.keySet())) {
            if (streamId > lastStreamId) {
                givenUp(streamId, Http2Error.REFUSED_STREAM.code());
            }
        }
    }

    /** The connection has ended, and every stream with it. */
    void dropAll() {
        List.copyOf(channels.keySet()).forEach(id -> drop(id, Http2Error.CANCEL.code()));
    }

    private void givenUp(int streamId, long code) {
        at(streamId).ifPresent(channel -> channel.givenUp(code));
        drop(streamId, code);
    }

    private void drop(int streamId, long code) {
        Http2Channel channel = channels.remove(streamId);
        if (channel != null) {
            channel.dropped(code).ifPresent(aborts::add);
            count();
        }
    }
}
