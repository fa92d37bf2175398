package clawsec.http.ws;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.Deflater;

/** WebSocket frames and what permessage-deflate makes of messages, as a peer writes them. */
final class Deflated {
    static final int TEXT = 0x81;
    static final int COMPRESSED = 0x40;
    private static final byte[] MASK = {0x37, (byte) 0xfa, 0x21, 0x3d};

    private final Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
    private final boolean keepsContext;

    Deflated(boolean keepsContext) {
        this.keepsContext = keepsContext;
    }

    /** The payload of a compressed message (RFC 7692 §7.2.1). */
    byte[] payload(byte[] message) {
        if (!keepsContext) {
            deflater.reset();
        }
        deflater.setInput(message);
        byte[] room = new byte[2 * message.length + 64];
        int count = deflater.deflate(room, 0, room.length, Deflater.SYNC_FLUSH);
        // RFC 7692 §7.2.3.6: where there is nothing to flush
        return count < 4 ? new byte[1] : Arrays.copyOf(room, count - 4);
    }

    byte[] payload(String message) {
        return payload(message.getBytes(StandardCharsets.UTF_8));
    }

    /** A compressed message in one unmasked frame. */
    byte[] message(String text) {
        return frame(TEXT | COMPRESSED, payload(text), false);
    }

    static byte[] frame(int first, byte[] payload, boolean isMasked) {
        ByteArrayOutputStream wire = new ByteArrayOutputStream();
        int maskBit = isMasked ? 0x80 : 0;
        wire.write(first);
        if (payload.length < 126) {
            wire.write(maskBit | payload.length);
        } else if (payload.length < 65_536) {
            wire.write(maskBit | 126);
            wire.writeBytes(ByteBuffer.allocate(2).putShort((short) payload.length).array());
        } else {
            wire.write(maskBit | 127);
            wire.writeBytes(ByteBuffer.allocate(8).putLong(payload.length).array());
        }
        wire.write(MASK, 0, isMasked ? 4 : 0);
        for (int i = 0; i < payload.length; i++) {
            wire.write(isMasked ? payload[i] ^ MASK[i % 4] : payload[i]);
        }
        return wire.toByteArray();
    }

    static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
