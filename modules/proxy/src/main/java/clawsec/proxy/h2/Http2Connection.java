package clawsec.proxy.h2;

import clawsec.http.Fields;
import clawsec.http.h2.FieldSection;
import clawsec.http.h2.Http2Endpoint;
import clawsec.http.h2.Http2Frame;
import clawsec.http.h2.Http2FrameDecoder;
import clawsec.http.h2.Http2Limits;
import clawsec.http.h2.Http2StreamLimits;
import clawsec.http.hpack.HpackLimits;
import clawsec.proxy.net.Wire;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One end of a connection of HTTP/2 on its wire. Safe for use by many threads; one of them reads.
 */
public final class Http2Connection {
    /** How long the last frames may be on their way out, and the peer's end on its way in. */
    private static final Duration LAST_FRAMES = Duration.ofSeconds(2);

    private final Wire wire;
    private final Http2FrameDecoder decoder;
    private final Http2Endpoint endpoint;
    private final boolean isServer;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition settled = lock.newCondition();
    private final Outgoing outgoing;

    // Guarded by lock.
    private final Channels channels;
    private int promised;
    private boolean hasBegun;
    private boolean hasSettings;
    private boolean isEnded;
    private boolean isLeaving;

    private Http2Connection(
            Wire wire,
            Http2Owner owner,
            Http2FrameDecoder decoder,
            Http2Endpoint endpoint,
            boolean isServer) {
        this.wire = wire;
        this.decoder = decoder;
        this.endpoint = endpoint;
        this.isServer = isServer;
        this.outgoing = new Outgoing(wire, lock, this::end);
        this.channels = new Channels(this, endpoint, owner);
    }

    /**
     * The end that a client is connected to.
     *
     * @param headBytes the most bytes of a head
     */
    public static Http2Connection server(Wire wire, Http2Owner owner, int headBytes) {
        Http2Limits limits = frameLimits(headBytes);
        return new Http2Connection(
                wire,
                owner,
                Http2FrameDecoder.ofClient(limits),
                Http2Endpoint.server(limits, Http2StreamLimits.DEFAULT, hpackLimits(headBytes)),
                true);
    }

    /** The end that is connected to an origin. */
    public static Http2Connection client(Wire wire, Http2Owner owner, int headBytes) {
        Http2Limits limits = frameLimits(headBytes);
        return new Http2Connection(
                wire,
                owner,
                Http2FrameDecoder.ofOrigin(limits),
                Http2Endpoint.client(limits, Http2StreamLimits.DEFAULT, hpackLimits(headBytes)),
                false);
    }

    private static Http2Limits frameLimits(int headBytes) {
        Http2Limits standard = Http2Limits.DEFAULT;
        return new Http2Limits(
                standard.frameBytes(), headBytes, standard.continuations(), standard.settings());
    }

    private static HpackLimits hpackLimits(int headBytes) {
        HpackLimits standard = HpackLimits.DEFAULT;
        return new HpackLimits(
                standard.tableBytes(), headBytes, Math.max(standard.lines(), headBytes / 256));
    }

    /** Reads, on this thread, until the connection ends; then all of its streams have ended too. */
    public void read() {
        try {
            begin();
            boolean goesOn = readFrames();
            while (goesOn) {
                goesOn = wire.fill() && readFrames();
            }
        } catch (IOException broken) {
            // The same as an end, for every stream that is open.
        } finally {
            end();
            close();
        }
    }

    /** What waits says why the connection ends, and is to reach the peer (RFC 9113 §5.4.1). */
    private void close() {
        if (outgoing.awaitDone(LAST_FRAMES) && !outgoing.isFinished()) {
            wire.closeGently();
        } else {
            wire.abort();
        }
    }

    /**
     * Takes over a connection of HTTP/1.1 whose request asked for it, before {@link #read}.
     *
     * @param settings the payload of HTTP2-Settings
     * @return the stream of that request; empty when the settings are none
     */
    public Optional<Http2Channel> upgrade(byte[] settings) {
        lock.lock();
        try {
            if (!endpoint.upgrade(settings)) {
                return Optional.empty();
            }
            outgoing.add(endpoint.begin());
            hasBegun = true;
            Http2Channel channel = channels.open(endpoint.lastStreamId());
            channel.ended(Fields.EMPTY);
            return Optional.of(channel);
        } finally {
            lock.unlock();
        }
    }

    private void begin() {
        lock.lock();
        try {
            if (!hasBegun) {
                outgoing.add(endpoint.begin());
            }
            outgoing.send();
        } finally {
            lock.unlock();
        }
    }

    /** What the wire has brought; false when that ended the connection. */
    private boolean readFrames() {
        List<Runnable> ending;
        boolean goesOn = true;
        lock.lock();
        try {
            Http2Frame frame = decoder.poll(wire.input());
            while (goesOn && !(frame instanceof Http2Frame.NeedsInput)) {
                goesOn = channels.handle(endpoint.receive(frame));
                noteSettings(frame);
                frame = decoder.poll(wire.input());
            }
            outgoing.add(endpoint.takeReplies());
            outgoing.send();
            ending = channels.takeAborts();
        } finally {
            lock.unlock();
        }
        ending.forEach(Runnable::run);
        return goesOn;
    }

    private void noteSettings(Http2Frame frame) {
        if (!hasSettings && frame instanceof Http2Frame.Settings) {
            hasSettings = true;
            settled.signalAll();
        }
    }

    /** The peer opens no more streams, and takes none above the last. */
    void peerIsLeaving(int lastStreamId) {
        isLeaving = true;
        if (!isServer) {
            channels.refuseAbove(lastStreamId);
        }
    }

    /** Gives a stream up, if it is there. For the holder of the lock. */
    void reset(int streamId, long code) {
        endpoint.reset(streamId, code);
        sendReplies();
        channels.forgetIfClosed(streamId);
    }

    /** For the holder of the lock. */
    void sendReplies() {
        outgoing.add(endpoint.takeReplies());
        outgoing.send();
    }

    /** The lock that guards this connection, its channels and what they wait for. */
    ReentrantLock lock() {
        return lock;
    }

    /** For the holder of the lock. */
    Channels channels() {
        return channels;
    }

    /** For the holder of the lock. */
    Http2Endpoint endpoint() {
        return endpoint;
    }

    /** For the holder of the lock. */
    Outgoing outgoing() {
        return outgoing;
    }

    /**
     * A stream that {@link Http2Channel#request} is going to open; it has its place until then, or
     * until it is given up.
     *
     * @return empty when the peer takes no more, now or any more
     */
    public Optional<Http2Channel> open() {
        lock.lock();
        try {
            if (isEnded || endpoint.openableStreams() <= promised) {
                return Optional.empty();
            }
            promised++;
            return Optional.of(new Http2Channel(this, 0));
        } finally {
            lock.unlock();
        }
    }

    /** A stream that was promised a place is given up before it was opened. */
    void forgo() {
        promised--;
    }

    /**
     * Queues the head that opens a channel's stream, and gives its number.
     *
     * @return empty when the peer takes no more since it was promised
     */
    OptionalInt request(Http2Channel channel, FieldSection.Request request, boolean endsStream) {
        promised--;
        if (isEnded || endpoint.openableStreams() == 0) {
            return OptionalInt.empty();
        }
        outgoing.add(endpoint.request(request, endsStream));
        int streamId = endpoint.lastStreamId();
        channels.add(streamId, channel);
        return OptionalInt.of(streamId);
    }

    /**
     * Waits for the peer's settings, which are the first that it sends.
     *
     * @return false when it sent something else, nothing, or not in time
     */
    public boolean awaitSettings(Duration limit) throws InterruptedException {
        lock.lock();
        try {
            long left = limit.toNanos();
            while (!hasSettings && !isEnded && left > 0) {
                left = settled.awaitNanos(left);
            }
            return hasSettings;
        } finally {
            lock.unlock();
        }
    }

    static long await(Condition condition, long nanos) throws IOException {
        try {
            return condition.awaitNanos(nanos);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", stopping);
        }
    }

    /** Whether an origin takes extended CONNECT (RFC 8441 §3), so far as its settings are known. */
    public boolean takesProtocols() {
        lock.lock();
        try {
            return endpoint.takesProtocols();
        } finally {
            lock.unlock();
        }
    }

    /** True when no more streams will be opened. */
    public boolean isLeaving() {
        lock.lock();
        try {
            return isLeaving || isEnded;
        } finally {
            lock.unlock();
        }
    }

    /** Takes no more streams than there are; the connection ends with the last of them. */
    public void goAway() {
        lock.lock();
        try {
            isLeaving = true;
            endpoint.goAway();
            outgoing.add(endpoint.takeReplies());
            outgoing.send();
            if (channels.isEmpty()) {
                idles();
            }
        } finally {
            lock.unlock();
        }
    }

    /** There are no streams: the end, when there will be none. For the holder of the lock. */
    void idles() {
        if (isLeaving && !isEnded) {
            // Not closed yet: what the peer still says would reset it, with the last answer in it.
            outgoing.finish();
            wire.deadline().allowInTotal(LAST_FRAMES);
        }
    }

    public Wire wire() {
        return wire;
    }

    /** Ends every stream. */
    private void end() {
        List<Runnable> ending;
        lock.lock();
        try {
            if (!isEnded) {
                isEnded = true;
                isLeaving = true;
                endpoint.goAway();
                outgoing.add(endpoint.takeReplies());
                channels.dropAll();
                settled.signalAll();
                outgoing.close();
            }
            ending = channels.takeAborts();
        } finally {
            lock.unlock();
        }
        ending.forEach(Runnable::run);
    }

    /** What waits is not waited for: everything ends at once. */
    public void abort() {
        wire.abort();
    }
}
