package clawsec.http.h2;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes frames (RFC 9113 §6). Each result is one write's worth; no state. */
public final class Http2FrameEncoder {
    private static final int SETTING_BYTES = 6;

    private Http2FrameEncoder() {}

    /** The head of a DATA frame, whose content of that many bytes is to be written behind it. */
    public static byte[] dataHead(int streamId, int length, boolean endsStream) {
        return frame(length, FrameHead.DATA, endsStream ? FrameHead.END_STREAM : 0, streamId, 0);
    }

    /**
     * HEADERS, and CONTINUATION frames as far as they are needed.
     *
     * @param frameBytes the most that the peer takes in a frame
     */
    public static byte[] headers(int streamId, byte[] block, boolean endsStream, int frameBytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(block.length + 2 * FrameHead.BYTES);
        int from = 0;
        int type = FrameHead.HEADERS;
        int flags = endsStream ? FrameHead.END_STREAM : 0;
        do {
            int count = Math.min(frameBytes, block.length - from);
            boolean isLast = from + count == block.length;
            int all = flags | (isLast ? FrameHead.END_HEADERS : 0);
            out.writeBytes(frame(count, type, all, streamId, 0));
            out.write(block, from, count);
            from += count;
            type = FrameHead.CONTINUATION;
            flags = 0;
        } while (from < block.length);
        return out.toByteArray();
    }

    public static byte[] settings(List<Http2Setting> settings) {
        int length = SETTING_BYTES * settings.size();
        byte[] frame = frame(length, FrameHead.SETTINGS, 0, 0, length);
        int at = FrameHead.BYTES;
        for (Http2Setting setting : settings) {
            frame[at] = (byte) (setting.id() >>> 8);
            frame[at + 1] = (byte) setting.id();
            Octets.put(frame, at + 2, (int) setting.value());
            at += SETTING_BYTES;
        }
        return frame;
    }

    public static byte[] settingsAck() {
        return frame(0, FrameHead.SETTINGS, FrameHead.ACK, 0, 0);
    }

    public static byte[] ping(long data) {
        return ping(data, 0);
    }

    public static byte[] pingAck(long data) {
        return ping(data, FrameHead.ACK);
    }

    public static byte[] reset(int streamId, long code) {
        byte[] frame = frame(4, FrameHead.RST_STREAM, 0, streamId, 4);
        Octets.put(frame, FrameHead.BYTES, (int) code);
        return frame;
    }

    /**
     * @param debug for people, of bytes as characters
     */
    public static byte[] goAway(int lastStreamId, long code, String debug) {
        byte[] text = debug.getBytes(StandardCharsets.ISO_8859_1);
        int length = FrameRules.GOAWAY_BYTES + text.length;
        byte[] frame = frame(length, FrameHead.GOAWAY, 0, 0, length);
        Octets.put(frame, FrameHead.BYTES, lastStreamId);
        Octets.put(frame, FrameHead.BYTES + 4, (int) code);
        System.arraycopy(text, 0, frame, FrameHead.BYTES + FrameRules.GOAWAY_BYTES, text.length);
        return frame;
    }

    /**
     * @param streamId 0 for the connection's window
     * @param increment from 1
     */
    public static byte[] windowUpdate(int streamId, int increment) {
        byte[] frame = frame(4, FrameHead.WINDOW_UPDATE, 0, streamId, 4);
        Octets.put(frame, FrameHead.BYTES, increment);
        return frame;
    }

    private static byte[] ping(long data, int flags) {
        byte[] frame = frame(8, FrameHead.PING, flags, 0, 8);
        Octets.put(frame, FrameHead.BYTES, (int) (data >>> Integer.SIZE));
        Octets.put(frame, FrameHead.BYTES + 4, (int) data);
        return frame;
    }

    /** A head, with room for so many bytes behind it. */
    private static byte[] frame(int length, int type, int flags, int streamId, int room) {
        byte[] frame = new byte[FrameHead.BYTES + room];
        frame[0] = (byte) (length >>> 16);
        frame[1] = (byte) (length >>> 8);
        frame[2] = (byte) length;
        frame[3] = (byte) type;
        frame[4] = (byte) flags;
        Octets.put(frame, 5, streamId);
        return frame;
    }
}
