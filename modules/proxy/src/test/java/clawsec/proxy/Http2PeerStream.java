package clawsec.proxy;

import clawsec.http.FieldLine;
import clawsec.http.h2.Http2Error;
import clawsec.http.h2.Http2Frame;
import clawsec.http.h2.Http2FrameEncoder;
import clawsec.http.hpack.HpackLine;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;

/** One stream of an {@link Http2Peer}: what came on it, and what is sent. Guarded by its lock. */
final class Http2PeerStream {
    private static final int KEPT_BYTES = 2 << 20;
    private static final long NO_CODE = -1;

    private final Http2Peer peer;
    private final int id;
    private final List<List<HpackLine>> blocks = new ArrayList<>();
    private final ByteArrayOutputStream content = new ByteArrayOutputStream();
    private final CRC32 crc = new CRC32();
    private long contentBytes;
    private boolean isEnded;
    private long code = NO_CODE;

    /** What the other end lets through beside its first window; guarded by the peer's lock. */
    long granted;

    Http2PeerStream(Http2Peer peer, int id) {
        this.peer = peer;
        this.id = id;
    }

    int id() {
        return id;
    }

    Http2Peer peer() {
        return peer;
    }

    // For the reading thread, under the lock.

    void tookBlock(List<HpackLine> lines, boolean endsStream) {
        blocks.add(lines);
        isEnded |= endsStream;
    }

    void tookData(Http2Frame.Data data) {
        byte[] bytes = new byte[data.bytes().remaining()];
        data.bytes().get(bytes);
        crc.update(bytes);
        contentBytes += bytes.length;
        content.write(bytes, 0, Math.min(bytes.length, KEPT_BYTES - content.size()));
        isEnded |= data.endsStream();
    }

    void tookReset(long reason) {
        code = reason;
    }

    boolean isOver() {
        return isEnded || isDead();
    }

    boolean isDead() {
        return code != NO_CODE || peer.isClosed();
    }

    // What came.

    /** Waits for so many header blocks and gives the last of them, as {@code name: value}. */
    List<String> block(int number) {
        return rawBlock(number).stream().map(Http2PeerStream::text).toList();
    }

    /** As {@link #block}, with what is said of each line. */
    List<HpackLine> rawBlock(int number) {
        peer.await(() -> blocks.size() >= number || isDead(), "no block " + number);
        if (blocks.size() < number) {
            throw new AssertionError("stream " + id + " has no block " + number + ": " + peer);
        }
        return blocks.get(number - 1);
    }

    private static String text(HpackLine each) {
        FieldLine line = each.line();
        return line.name() + ": " + line.value();
    }

    int status() {
        return Integer.parseInt(field(":status").orElseThrow());
    }

    String path() {
        return field(":path").orElseThrow();
    }

    /** A field of the first block. */
    Optional<String> field(String name) {
        return field(1, name);
    }

    Optional<String> field(int number, String name) {
        String start = name + ": ";
        return block(number).stream()
                .filter(line -> line.startsWith(start))
                .map(line -> line.substring(start.length()))
                .findFirst();
    }

    /** Waits until the other side has ended the stream, as it should. */
    Http2PeerStream awaitEnd() {
        peer.await(() -> isEnded || isDead(), "no end of stream " + id);
        if (!isEnded) {
            throw new AssertionError("stream " + id + " broke off: " + peer);
        }
        return this;
    }

    /** Waits until the other side has given the stream up, and gives the code. */
    long awaitReset() {
        peer.await(this::isDead, "no reset of stream " + id);
        if (code == NO_CODE) {
            throw new AssertionError("the connection closed without a reset of " + id);
        }
        return code;
    }

    void awaitReset(Http2Error error) {
        long reason = awaitReset();
        if (reason != error.code()) {
            throw new AssertionError("stream " + id + " reset with " + reason + ", not " + error);
        }
    }

    /** Waits for so much content. */
    void awaitContent(long bytes) {
        peer.await(() -> contentBytes >= bytes || isDead(), "no " + bytes + " bytes on " + id);
        if (contentBytes < bytes) {
            throw new AssertionError("only " + contentBytes + " bytes: " + peer);
        }
    }

    long contentBytes() {
        return contentBytes;
    }

    /** Of the whole content, once it has ended. */
    long crc() {
        return crc.getValue();
    }

    /** The first 2 MiB of the content, after its end. */
    byte[] content() {
        awaitEnd();
        return content.toByteArray();
    }

    /** What came so far. */
    String soFar() {
        return content.toString(StandardCharsets.ISO_8859_1);
    }

    String text() {
        return new String(content(), StandardCharsets.ISO_8859_1);
    }

    // What is sent.

    void head(boolean endsStream, String... lines) throws IOException {
        peer.headers(id, endsStream, lines);
    }

    /** Sends content as the windows let it through, and stops where the stream has ended. */
    void data(byte[] bytes, boolean endsStream) throws IOException {
        int from = 0;
        do {
            int count = bytes.length == 0 ? 0 : peer.takeWindow(this, bytes.length - from);
            if (count == 0 && bytes.length > 0) {
                throw new IOException("stream " + id + " has ended");
            }
            boolean isLast = from + count == bytes.length;
            peer.data(id, Arrays.copyOfRange(bytes, from, from + count), isLast && endsStream);
            from += count;
        } while (from < bytes.length);
    }

    void data(String text, boolean endsStream) throws IOException {
        data(text.getBytes(StandardCharsets.ISO_8859_1), endsStream);
    }

    /** A whole response or request. */
    void send(String text, String... lines) throws IOException {
        head(text.isEmpty(), lines);
        if (!text.isEmpty()) {
            data(text, true);
        }
    }

    void reset(Http2Error error) throws IOException {
        peer.send(Http2FrameEncoder.reset(id, error.code()));
    }

    @Override
    public String toString() {
        return id
                + ": "
                + blocks.stream()
                        .map(block -> block.stream().map(Http2PeerStream::text).toList())
                        .toList()
                + " "
                + contentBytes
                + " bytes"
                + (isEnded ? " ended" : "")
                + (code == NO_CODE ? "" : " reset " + code);
    }
}
