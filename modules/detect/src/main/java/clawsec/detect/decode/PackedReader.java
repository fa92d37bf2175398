package clawsec.detect.decode;

import clawsec.http.FieldLine;
import clawsec.http.Fields;
import clawsec.http.content.ContentDecoder;
import clawsec.http.content.ContentLimits;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Finds data compressed by gzip (RFC 1952) anywhere in a text, and by zlib (RFC 1950) at its
 * beginning, and unpacks it, within the limits for coded content. Confined to its scan; holds
 * native memory while data is unpacked.
 */
public final class PackedReader {
    private static final int MAGIC_BYTES = 4;
    private static final int FIRST = 0x1f;

    private final RunSink sink;
    private final ContentLimits limits;
    private @Nullable ContentDecoder decoder;
    private long place;

    public PackedReader(RunSink sink, ContentLimits limits) {
        this.sink = sink;
        this.limits = limits;
    }

    /**
     * Reads what is new of a text.
     *
     * @param isEnd whether the text ends there; what is read next is another one
     */
    public void read(History history, boolean isEnd) {
        if (decoder == null && place > 0 && !isEnd && !history.isBinary(place)) {
            place = history.base() + history.length();
            return;
        }
        byte[] text = history.bytes();
        while (true) {
            int from = history.index(place);
            int at = nextMagic(text, from, history.length());
            boolean isUndecided = !isEnd && at + MAGIC_BYTES > history.length();
            int to = at < history.length() && isUndecided ? at : Math.min(at, history.length());
            unpack(history, from, to);
            place = history.base() + to;
            if (at >= history.length() || isUndecided) {
                break;
            }
            boolean isBusy = decoder != null;
            if (!isBusy && isMagic(text, at, history.length())) {
                open(place, text[at] == FIRST);
            }
            unpack(history, at, at + 1);
            place++;
        }
        if (isEnd) {
            stop();
            place = 0;
        }
    }

    /** Ends what is unpacked. */
    public void stop() {
        if (decoder != null) {
            ContentDecoder ended = decoder;
            decoder = null;
            ended.close();
            sink.endRun();
        }
    }

    private int nextMagic(byte[] text, int from, int to) {
        if (place == 0 && from < to && text[from] == 0x78) {
            return from;
        }
        int at = from;
        while (at < to && text[at] != FIRST) {
            at++;
        }
        return at;
    }

    private boolean isMagic(byte[] text, int at, int to) {
        if (at + MAGIC_BYTES > to) {
            return false;
        }
        if (text[at] == FIRST) {
            // RFC 1952 §2.3.1: the upper three flags are reserved
            return (text[at + 1] & 0xff) == 0x8b && text[at + 2] == 8 && (text[at + 3] & 0xe0) == 0;
        }
        return TextLook.isZlib(text[at], text[at + 1]);
    }

    private void open(long from, boolean isGzip) {
        decoder =
                ContentDecoder.open(
                        Fields.of(new FieldLine("Content-Encoding", isGzip ? "gzip" : "deflate")),
                        limits);
        sink.beginRun(isGzip ? Notation.GZIP : Notation.ZLIB, from);
    }

    private void unpack(History history, int from, int to) {
        ContentDecoder current = decoder;
        if (current == null || from >= to) {
            return;
        }
        long start = history.base() + from;
        long end = history.base() + to;
        current.decode(
                ByteBuffer.wrap(history.bytes(), from, to - from),
                unpacked -> {
                    if (current.uninspected().isEmpty()) {
                        byte[] bytes = new byte[unpacked.remaining()];
                        unpacked.get(bytes);
                        sink.decoded(bytes, bytes.length, start, end);
                    }
                    unpacked.position(unpacked.limit());
                });
        if (current.uninspected().isPresent()) {
            stop();
        }
    }
}
