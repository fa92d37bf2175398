package clawsec.http.h2;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Bytes of connections for tests, and what a decoder makes of them, in words. */
final class Frames {
    static final String EMPTY_SETTINGS = "000000040000000000";

    private Frames() {}

    static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }

    /** What an origin sends: empty SETTINGS, then these. */
    static byte[] afterSettings(byte[]... frames) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(bytes(EMPTY_SETTINGS));
        for (byte[] frame : frames) {
            all.writeBytes(frame);
        }
        return all.toByteArray();
    }

    static byte[] data(int streamId, String content, boolean endsStream) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(Http2FrameEncoder.dataHead(streamId, content.length(), endsStream));
        all.writeBytes(content.getBytes(StandardCharsets.ISO_8859_1));
        return all.toByteArray();
    }

    /** The frames read from bytes that come in pieces of a size; DATA frames joined again. */
    static List<String> read(Http2FrameDecoder decoder, byte[] all, int pieceBytes) {
        List<String> frames = new ArrayList<>();
        StringBuilder content = new StringBuilder();
        int flowBytes = 0;
        for (int from = 0; from < all.length; from += pieceBytes) {
            ByteBuffer in = ByteBuffer.wrap(all, from, Math.min(pieceBytes, all.length - from));
            Http2Frame frame = decoder.poll(in);
            while (!(frame instanceof Http2Frame.NeedsInput)) {
                if (frame instanceof Http2Frame.Data data) {
                    content.append(StandardCharsets.ISO_8859_1.decode(data.bytes()));
                    flowBytes += data.flowBytes();
                    if (data.endsFrame()) {
                        String end = data.endsStream() ? " end" : "";
                        frames.add(
                                "data " + data.streamId() + " " + content + " " + flowBytes + end);
                        content.setLength(0);
                        flowBytes = 0;
                    }
                } else {
                    frames.add(inWords(frame));
                }
                frame = decoder.poll(in);
            }
        }
        return frames;
    }

    private static String inWords(Http2Frame frame) {
        return switch (frame) {
            case Http2Frame.Data data -> "data " + data.streamId();
            case Http2Frame.HeaderBlock block ->
                    "headers "
                            + block.streamId()
                            + " "
                            + HexFormat.of().formatHex(block.block())
                            + (block.endsStream() ? " end" : "");
            case Http2Frame.Reset reset -> "reset " + reset.streamId() + " " + reset.code();
            case Http2Frame.Settings settings -> "settings " + settings.settings().size();
            case Http2Frame.SettingsAck _ -> "settings ack";
            case Http2Frame.Ping ping -> "ping " + Long.toHexString(ping.data());
            case Http2Frame.PingAck ping -> "ping ack " + Long.toHexString(ping.data());
            case Http2Frame.GoAway away ->
                    "goaway " + away.lastStreamId() + " " + away.code() + " " + away.debug();
            case Http2Frame.WindowUpdate update ->
                    "window " + update.streamId() + " " + update.increment();
            case Http2Frame.Ignored ignored -> "ignored " + ignored.type();
            case Http2Frame.Malformed malformed ->
                    malformed.error()
                            + " "
                            + malformed.streamId()
                            + " "
                            + malformed.violation().rule()
                            + ": "
                            + malformed.violation().detail();
            case Http2Frame.NeedsInput _ -> "needs input";
        };
    }
}
