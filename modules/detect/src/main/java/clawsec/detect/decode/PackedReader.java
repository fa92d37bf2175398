package clawsec.detect.decode;

import clawsec.http.content.ContentDecoder;
import clawsec.http.content.ContentLimits;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Finds data compressed by gzip (RFC 1952) and deflated entries of zip archives (APPNOTE 4.3.7)
 * anywhere in a text, and zlib (RFC 1950) and bare deflate (RFC 1951) at its beginning, and unpacks
 * it, within the limits for coded content. Entries that are stored stand in the text as they are.
 * Confined to its scan; holds native memory while data is unpacked.
 */
public final class PackedReader {
    private static final int MAGIC_BYTES = 4;
    private static final int FIRST = 0x1f;

    /** Of an entry's header, before its name. */
    private static final int ENTRY_BYTES = 30;

    /** A header shows as binary when so many bytes of it are there. */
    private static final int ENTRY_SIGN_BYTES = 6;

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
        if (place == 0 && !isEnd && history.length() < DeflateLook.MOST_BYTES) {
            return;
        }
        byte[] text = history.bytes();
        while (history.index(place) <= history.length()) {
            if (decoder == null && place > 0 && !history.isBinary(place)) {
                place = Math.max(place, history.base() + history.length() - ENTRY_SIGN_BYTES);
                break;
            }
            int from = history.index(place);
            int at = nextMagic(text, from, history.length());
            boolean isUndecided = !isEnd && at + magicBytes(text, at, history) > history.length();
            int to = at < history.length() && isUndecided ? at : Math.min(at, history.length());
            unpack(history, from, to);
            place = history.base() + to;
            if (at >= history.length() || isUndecided) {
                break;
            }
            if (TextLook.isZipEntry(text, at, history.length())) {
                stop();
                if (openEntry(text, at, history.length())) {
                    continue;
                }
            } else if (decoder == null && isMagic(text, at, history.length())) {
                open(place, text[at] == FIRST ? Notation.GZIP : Notation.ZLIB);
            } else if (decoder == null
                    && place == 0
                    && DeflateLook.isText(text, at, history.length())) {
                open(place, Notation.DEFLATE);
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
        if (place == 0 && from < to) {
            return from;
        }
        int at = from;
        while (at < to && text[at] != FIRST && !mayBeEntry(text, at, to)) {
            at++;
        }
        return at;
    }

    private static boolean mayBeEntry(byte[] text, int at, int to) {
        return text[at] == 'P' && (at + 1 == to || text[at + 1] == 'K');
    }

    /** How many bytes have to be there to decide about what may begin at an index. */
    private static int magicBytes(byte[] text, int at, History history) {
        return TextLook.isZipEntry(text, at, history.length()) ? ENTRY_BYTES : MAGIC_BYTES;
    }

    /** Goes on where the data of an entry begins, if it is deflated and not encrypted. */
    private boolean openEntry(byte[] text, int at, int to) {
        if (at + ENTRY_BYTES > to || (text[at + 6] & 1) != 0 || text[at + 8] != 8) {
            return false;
        }
        open(place, Notation.ZIP);
        place += ENTRY_BYTES + twoBytes(text, at + 26) + twoBytes(text, at + 28);
        return true;
    }

    private static int twoBytes(byte[] text, int at) {
        return (text[at] & 0xff) | (text[at + 1] & 0xff) << 8;
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

    private void open(long from, Notation notation) {
        String coding = notation == Notation.GZIP ? "gzip" : "deflate";
        decoder = ContentDecoder.only(coding, limits);
        sink.beginRun(notation, from);
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
