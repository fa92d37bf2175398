package clawsec.proxy;

import static java.util.Objects.requireNonNull;

import clawsec.http.h2.Http2Error;
import clawsec.http.h2.Http2Frame;
import clawsec.http.h2.Http2FrameDecoder;
import clawsec.http.h2.Http2FrameEncoder;
import clawsec.http.h2.Http2Limits;
import clawsec.http.h2.Http2Setting;
import clawsec.http.hpack.HpackDecoder;
import clawsec.http.hpack.HpackLimits;
import clawsec.http.hpack.HpackLine;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * One end of a connection of HTTP/2 that says what a test likes, wrong or not, remembers what it is
 * told, and gives windows back at once unless it is told not to. A thread reads; any may write.
 * Guarded by its lock, and what is written by another.
 */
final class Http2Peer implements AutoCloseable {
    static final long DEADLINE_SECONDS = 30;

    private static final int FRAME_BYTES = 16_384;
    private static final Http2Limits LIMITS = new Http2Limits(FRAME_BYTES, 1 << 20, 100, 100);

    private final Socket socket;
    private final InputStream in;
    private final boolean isServer;
    private final Consumer<Http2PeerStream> opened;
    private final Http2FrameDecoder decoder;
    private final HpackDecoder blocks = new HpackDecoder(new HpackLimits(4_096, 1 << 20, 10_000));
    private final Http2Blocks encoder = new Http2Blocks();
    private final ReentrantLock writing = new ReentrantLock();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<Integer, Http2PeerStream> streams = new TreeMap<>();
    private final List<Http2Frame> frames = new ArrayList<>();
    private boolean givesBack = true;
    private boolean isClosed;
    private int nextStream = 1;
    private long window = 65_535;
    private long firstWindow = 65_535;

    /**
     * @param in of the socket, as far as it was not read
     * @param opened is run on a thread of its own for each stream that a client opens
     */
    Http2Peer(Socket socket, InputStream in, boolean isServer, Consumer<Http2PeerStream> opened) {
        this.socket = socket;
        this.in = in;
        this.isServer = isServer;
        this.opened = opened;
        this.decoder =
                isServer ? Http2FrameDecoder.ofClient(LIMITS) : Http2FrameDecoder.ofOrigin(LIMITS);
    }

    /** Sends the preface and these settings, and reads on a thread of its own from here on. */
    Http2Peer begin(Http2Setting... settings) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        if (!isServer) {
            all.writeBytes(Http2FrameDecoder.PREFACE.getBytes(StandardCharsets.US_ASCII));
        }
        all.writeBytes(Http2FrameEncoder.settings(List.of(settings)));
        send(all.toByteArray());
        listen();
        return this;
    }

    /** Reads from here on, whatever was sent. */
    void listen() {
        Thread.ofVirtual().name("h2-peer").start(this::read);
    }

    /** From here on windows are given back by the test alone. */
    Http2Peer keepsWindows() {
        locked(() -> givesBack = false);
        return this;
    }

    // What is sent.

    /** Bytes as they are. */
    void send(byte[]... all) throws IOException {
        writing.lock();
        try {
            for (byte[] bytes : all) {
                socket.getOutputStream().write(bytes);
            }
        } finally {
            writing.unlock();
        }
    }

    /**
     * A request's head on a stream of its own.
     *
     * @param lines {@code name: value}; with {@code !} in front it is never indexed
     */
    Http2PeerStream request(boolean endsStream, String... lines) throws IOException {
        writing.lock();
        try {
            Http2PeerStream stream = reserve();
            stream.head(endsStream, lines);
            return stream;
        } finally {
            writing.unlock();
        }
    }

    /** A stream of a client whose head the test sends itself. */
    Http2PeerStream reserve() {
        Http2PeerStream stream = open(nextStream);
        nextStream += 2;
        return stream;
    }

    /** A GET without content, as {@link #request}. */
    Http2PeerStream get(String scheme, String authority, String path, String... more)
            throws IOException {
        return request(true, Http2Blocks.request("GET", scheme, authority, path, more));
    }

    /** A POST whose content is to come, as {@link #request}. */
    Http2PeerStream post(String scheme, String authority, String path, String... more)
            throws IOException {
        return request(false, Http2Blocks.request("POST", scheme, authority, path, more));
    }

    /** A header block for {@link #headers}, whose place in the order of blocks is here. */
    byte[] block(String... lines) {
        return encoder.encode(lines);
    }

    /** A head on a stream that is there or not. */
    void headers(int streamId, boolean endsStream, String... lines) throws IOException {
        writing.lock();
        try {
            send(Http2FrameEncoder.headers(streamId, block(lines), endsStream, FRAME_BYTES));
        } finally {
            writing.unlock();
        }
    }

    /** One DATA frame, whatever the windows say. */
    void data(int streamId, byte[] content, boolean endsStream) throws IOException {
        send(Http2FrameEncoder.dataHead(streamId, content.length, endsStream), content);
    }

    void settings(Http2Setting... settings) throws IOException {
        send(Http2FrameEncoder.settings(List.of(settings)));
    }

    void windowUpdate(int streamId, int increment) throws IOException {
        send(Http2FrameEncoder.windowUpdate(streamId, increment));
    }

    /** Waits until both windows let something through, and takes that, at most a frame. */
    int takeWindow(Http2PeerStream stream, int wanted) {
        await(
                () -> Math.min(window, firstWindow + stream.granted) > 0 || stream.isDead(),
                "no window on stream " + stream.id());
        lock.lock();
        try {
            long free = Math.min(window, firstWindow + stream.granted);
            int count = (int) Math.clamp(free, 0, Math.min(FRAME_BYTES, wanted));
            window -= count;
            stream.granted -= count;
            return count;
        } finally {
            lock.unlock();
        }
    }

    // What came.

    Http2PeerStream stream(int id) {
        await(() -> streams.containsKey(id), "no stream " + id);
        lock.lock();
        try {
            return requireNonNull(streams.get(id));
        } finally {
            lock.unlock();
        }
    }

    /** How many streams there were. */
    int streams() {
        lock.lock();
        try {
            return streams.size();
        } finally {
            lock.unlock();
        }
    }

    /** How many frames of a kind came that are not of a stream. */
    int count(Class<? extends Http2Frame> kind) {
        return frames(kind).size();
    }

    <T extends Http2Frame> List<T> frames(Class<T> kind) {
        lock.lock();
        try {
            return frames.stream().filter(kind::isInstance).map(kind::cast).toList();
        } finally {
            lock.unlock();
        }
    }

    /** Waits for the first frame of a kind that is not of a stream. */
    <T extends Http2Frame> T awaitFrame(Class<T> kind) {
        await(() -> count(kind) > 0, "no " + kind.getSimpleName());
        return frames(kind).getFirst();
    }

    /** Waits for a GOAWAY of that kind. */
    Http2Frame.GoAway awaitGoAway(Http2Error error) {
        await(
                () ->
                        frames(Http2Frame.GoAway.class).stream()
                                .anyMatch(away -> away.code() == error.code()),
                "no GOAWAY of " + error);
        return frames(Http2Frame.GoAway.class).getLast();
    }

    /** Waits until the other end has answered a PING, and so has dealt with all before it. */
    void roundTrip() throws IOException {
        int before = count(Http2Frame.PingAck.class);
        send(Http2FrameEncoder.ping(before));
        await(() -> count(Http2Frame.PingAck.class) > before, "no answer to a PING");
    }

    /** Waits until the other end has closed. */
    void awaitClosed() {
        await(() -> isClosed, "the connection stays open");
    }

    boolean isClosed() {
        return locked(() -> isClosed);
    }

    /** Waits until it is so; asked under the lock, as often as something comes. */
    void await(BooleanSupplier isSo, String otherwise) {
        lock.lock();
        try {
            long left = TimeUnit.SECONDS.toNanos(DEADLINE_SECONDS);
            while (!isSo.getAsBoolean()) {
                if (left <= 0) {
                    throw new AssertionError(otherwise + " in " + this);
                }
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException stopped) {
            throw new AssertionError(stopped);
        } finally {
            lock.unlock();
        }
    }

    private boolean locked(BooleanSupplier action) {
        lock.lock();
        try {
            return action.getAsBoolean();
        } finally {
            lock.unlock();
        }
    }

    private Http2PeerStream open(int id) {
        lock.lock();
        try {
            Http2PeerStream stream = new Http2PeerStream(this, id);
            streams.put(id, stream);
            changed.signalAll();
            return stream;
        } finally {
            lock.unlock();
        }
    }

    private void read() {
        byte[] piece = new byte[1 << 16];
        try {
            int count = in.read(piece);
            while (count >= 0) {
                ByteBuffer bytes = ByteBuffer.wrap(piece, 0, count);
                Http2Frame frame = decoder.poll(bytes);
                while (!(frame instanceof Http2Frame.NeedsInput)) {
                    take(frame);
                    frame = decoder.poll(bytes);
                }
                count = in.read(piece);
            }
        } catch (IOException over) {
            // The same as an end.
        } finally {
            locked(() -> {
                isClosed = true;
                changed.signalAll();
                return true;
            });
        }
    }

    private void take(Http2Frame frame) throws IOException {
        lock.lock();
        try {
            note(frame);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        answer(frame);
    }

    private void note(Http2Frame frame) {
        switch (frame) {
            case Http2Frame.HeaderBlock block -> {
                List<HpackLine> lines = new ArrayList<>();
                byte[] bytes = block.block();
                if (blocks.decode(bytes, 0, bytes.length, lines::add).isPresent()) {
                    throw new AssertionError("a header block that is none");
                }
                boolean isNew = isServer && !streams.containsKey(block.streamId());
                Http2PeerStream stream = isNew ? open(block.streamId()) : stream(block.streamId());
                stream.tookBlock(lines, block.endsStream());
                if (isNew) {
                    Thread.ofVirtual().name("h2-script").start(() -> opened.accept(stream));
                }
            }
            case Http2Frame.Data data -> stream(data.streamId()).tookData(data);
            case Http2Frame.Reset reset -> stream(reset.streamId()).tookReset(reset.code());
            case Http2Frame.WindowUpdate update -> {
                if (update.streamId() == 0) {
                    window += update.increment();
                } else if (streams.get(update.streamId()) != null) {
                    streams.get(update.streamId()).granted += update.increment();
                }
            }
            case Http2Frame.Settings settings -> {
                settings.settings().stream()
                        .filter(setting -> setting.id() == Http2Setting.INITIAL_WINDOW_SIZE)
                        .forEach(setting -> firstWindow = setting.value());
                frames.add(settings);
            }
            default -> frames.add(frame);
        }
    }

    private void answer(Http2Frame frame) throws IOException {
        if (frame instanceof Http2Frame.Settings) {
            send(Http2FrameEncoder.settingsAck());
        } else if (frame instanceof Http2Frame.Ping ping) {
            send(Http2FrameEncoder.pingAck(ping.data()));
        } else if (frame instanceof Http2Frame.Data data
                && data.flowBytes() > 0
                && locked(() -> givesBack)) {
            windowUpdate(0, data.flowBytes());
            if (!data.endsStream()) {
                windowUpdate(data.streamId(), data.flowBytes());
            }
        }
    }

    /** The connection itself, to see its TLS session or to cut it off. */
    Socket socket() {
        return socket;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    @Override
    public String toString() {
        lock.lock();
        try {
            return streams.values() + " " + frames + (isClosed ? " closed" : "");
        } finally {
            lock.unlock();
        }
    }
}
