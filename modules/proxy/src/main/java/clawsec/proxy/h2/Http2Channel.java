package clawsec.proxy.h2;

import clawsec.http.Fields;
import clawsec.http.Violation;
import clawsec.http.h1.Http1Event;
import clawsec.http.h2.FieldSection;
import clawsec.http.h2.Http2Error;
import clawsec.proxy.content.ContentSink;
import clawsec.proxy.content.ContentSource;
import clawsec.proxy.net.Fill;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One stream of a connection of HTTP/2. What the peer sends waits here, as much as the stream's
 * window holds; what is written waits for the peer's window. One thread reads and one writes;
 * guarded by the connection's lock.
 */
public final class Http2Channel implements ContentSource, ContentSink {
    private static final long NO_CODE = -1;

    private final Http2Connection connection;
    private final ReentrantLock lock;
    private final Condition changed;
    private final ArrivedContent arrived = new ArrivedContent();
    private final Deque<ArrivedHead> heads = new ArrayDeque<>(1);
    private int streamId;

    /** Whether the stream has a place, but is not open yet. */
    private boolean isPromised;

    private boolean mayTake = true;
    private @Nullable Fields trailers;
    private long code = NO_CODE;
    private long peersCode = NO_CODE;
    private @Nullable Violation violation;
    private @Nullable Runnable onDrop;
    private Duration silence = Duration.ofDays(1);
    private boolean isExpired;

    /**
     * @param streamId 0 for a stream that {@link #request} opens
     */
    Http2Channel(Http2Connection connection, int streamId) {
        this.connection = connection;
        this.lock = connection.lock();
        this.changed = lock.newCondition();
        this.streamId = streamId;
        this.isPromised = streamId == 0;
    }

    public Http2Connection connection() {
        return connection;
    }

    // For the connection's reading thread, which has the lock.

    void responded(FieldSection.Response response, boolean endsStream) {
        heads.add(new ArrivedHead(response, endsStream));
        if (endsStream) {
            trailers = Fields.EMPTY;
        }
        signal();
    }

    /**
     * @param owedBytes of the connection's window, given back when the content is dealt with
     */
    void received(ByteBuffer bytes, int flowBytes, int owedBytes) {
        arrived.add(bytes, flowBytes, owedBytes);
        signal();
    }

    /** Content that waits for whoever has the stream. */
    int waitingBytes() {
        return arrived.bytes();
    }

    void ended(Fields fields) {
        trailers = fields;
        signal();
    }

    void broke(Violation how) {
        violation = how;
    }

    /** The peer gives the stream up. */
    void givenUp(long reason) {
        peersCode = reason;
    }

    /** Nobody will deal with what has come. */
    void discard() {
        connection.channels().hold(-arrived.clear(connection.endpoint()));
    }

    /**
     * The stream has ended before its time. What has come of it can still be read: after a whole
     * response that may be no fault at all (RFC 9113 §8.1).
     *
     * @return what is to be done about it, without the lock
     */
    Optional<Runnable> dropped(long reason) {
        if (code == NO_CODE) {
            code = reason;
        }
        signal();
        return Optional.ofNullable(onDrop);
    }

    void signal() {
        changed.signalAll();
    }

    // For whoever has the stream.

    /**
     * Names what is to be done when the peer gives the stream up or its connection ends; at once if
     * that has happened.
     */
    public void onDrop(@Nullable Runnable action) {
        boolean isDropped =
                locked(() -> {
                    onDrop = action;
                    return code != NO_CODE;
                });
        if (isDropped && action != null) {
            action.run();
        }
    }

    /** How long the peer may be silent, from now on. */
    public void allow(Duration limit) {
        locked(() -> silence = limit);
    }

    /** Opens the stream with a request's head. */
    public void request(FieldSection.Request request, boolean endsStream) throws IOException {
        lock.lock();
        try {
            awaitRoom();
            OptionalInt opened = connection.request(this, request, endsStream);
            isPromised = false;
            if (opened.isEmpty()) {
                givenUp(Http2Error.REFUSED_STREAM.code());
                dropped(Http2Error.REFUSED_STREAM.code());
                throw new IOException("the connection takes no more streams");
            }
            streamId = opened.getAsInt();
        } finally {
            lock.unlock();
        }
    }

    /** Queues a response's head. */
    public void respond(FieldSection.Response response, boolean endsStream) throws IOException {
        lock.lock();
        try {
            awaitRoom();
            connection
                    .outgoing()
                    .add(connection.endpoint().response(streamId, response, endsStream));
            connection.channels().forgetIfClosed(streamId);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits for the next response's head.
     *
     * @return empty when there will be none: see {@link #isExpired}, {@link #isRefused} and {@link
     *     #violation}
     */
    public Optional<ArrivedHead> nextHead() {
        lock.lock();
        try {
            await(() -> !heads.isEmpty() || trailers != null, silence);
            return Optional.ofNullable(heads.poll());
        } catch (IOException interrupted) {
            return Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Http1Event poll() {
        lock.lock();
        try {
            if (mayTake) {
                mayTake = false;
                ByteBuffer content = arrived.take();
                if (content.hasRemaining()) {
                    return new Http1Event.Content(content);
                }
            }
            Fields end = trailers;
            if (end == null || arrived.hasContent()) {
                return Http1Event.NEEDS_INPUT;
            }
            consumeTaken();
            return new Http1Event.End(end);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean fill() throws IOException {
        return fillWithin(silence) == Fill.BYTES;
    }

    @Override
    public Fill fill(Duration patience) throws IOException {
        Fill fill = fillWithin(patience);
        if (fill == Fill.TIMEOUT) {
            locked(() -> isExpired = false);
        }
        return fill;
    }

    private Fill fillWithin(Duration limit) throws IOException {
        lock.lock();
        try {
            consumeTaken();
            mayTake = true;
            if (await(() -> arrived.hasContent() || trailers != null, limit)) {
                return Fill.BYTES;
            }
            return isExpired ? Fill.TIMEOUT : Fill.END;
        } finally {
            lock.unlock();
        }
    }

    private void consumeTaken() {
        connection.channels().hold(-arrived.consume(connection.endpoint(), streamId));
        connection.sendReplies();
    }

    /** The end is said, and nothing else is one. */
    @Override
    public boolean isWhole() {
        return false;
    }

    @Override
    public void write(ByteBuffer bytes) throws IOException {
        lock.lock();
        try {
            while (bytes.hasRemaining()) {
                awaitRoom();
                int count = Math.min(bytes.remaining(), awaitWindow());
                Outgoing outgoing = connection.outgoing();
                outgoing.add(connection.endpoint().data(streamId, count, false));
                outgoing.add(bytes.array(), bytes.arrayOffset() + bytes.position(), count);
                bytes.position(bytes.position() + count);
            }
        } finally {
            lock.unlock();
        }
    }

    /** What is not read is not sent on: the stream is full, or all of them are. */
    private int awaitWindow() throws IOException {
        int count = connection.endpoint().sendableBytes(streamId);
        if (count == 0) {
            connection.outgoing().send();
            if (!await(() -> connection.endpoint().sendableBytes(streamId) > 0, silence)) {
                throw new IOException("the peer takes no more content of this stream");
            }
            count = connection.endpoint().sendableBytes(streamId);
        }
        return count;
    }

    private void awaitRoom() throws IOException {
        long left = silence.toNanos();
        while (connection.outgoing().isFull() && code == NO_CODE && left > 0) {
            connection.outgoing().send();
            left = Http2Connection.await(connection.outgoing().drained(), left);
        }
        isExpired |= left <= 0;
        if (code != NO_CODE || isExpired) {
            throw new IOException("the stream has ended");
        }
    }

    @Override
    public void end(Fields fields) throws IOException {
        lock.lock();
        try {
            if (!connection.endpoint().isWritable(streamId)) {
                return;
            }
            connection
                    .outgoing()
                    .add(
                            fields.lines().isEmpty()
                                    ? connection.endpoint().data(streamId, 0, true)
                                    : connection.endpoint().trailers(streamId, fields));
            connection.channels().forgetIfClosed(streamId);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void flush() {
        locked(() -> {
            connection.outgoing().send();
            return true;
        });
    }

    /** Gives the stream up, if it has not ended. */
    public void reset(long reason) {
        locked(() -> {
            if (code == NO_CODE) {
                code = reason;
            }
            if (isPromised) {
                isPromised = false;
                connection.forgo();
            } else {
                connection.reset(streamId, reason);
            }
            discard();
            signal();
            return true;
        });
    }

    /** True when the peer was silent for too long. */
    @Override
    public boolean isExpired() {
        return locked(() -> isExpired);
    }

    /** True when the peer did nothing for the request, and said so. */
    public boolean isRefused() {
        return locked(() -> peersCode == Http2Error.REFUSED_STREAM.code());
    }

    /** True when the stream has ended before its time. */
    public boolean isDropped() {
        return locked(() -> code != NO_CODE);
    }

    /** What the peer broke, with which the stream ended. */
    public Optional<Violation> violation() {
        return locked(() -> Optional.ofNullable(violation));
    }

    /** The code with which the peer gave the stream up; empty when it did not. */
    public OptionalLong peersCode() {
        return locked(
                () -> peersCode == NO_CODE ? OptionalLong.empty() : OptionalLong.of(peersCode));
    }

    /** Why the stream was given up; {@code otherwise} where nobody said. */
    public long code(long otherwise) {
        return locked(() -> code == NO_CODE ? otherwise : code);
    }

    private <T> T locked(Supplier<T> action) {
        lock.lock();
        try {
            return action.get();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until it is so, the stream was given up, or too much time has passed. */
    private boolean await(BooleanSupplier isSo, Duration limit) throws IOException {
        long left = limit.toNanos();
        while (!isSo.getAsBoolean() && code == NO_CODE && left > 0) {
            left = Http2Connection.await(changed, left);
        }
        boolean is = isSo.getAsBoolean();
        isExpired |= !is && left <= 0;
        return is;
    }
}
