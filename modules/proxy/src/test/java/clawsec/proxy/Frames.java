package clawsec.proxy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** WebSocket frames (RFC 6455 §5.2) of fewer than 126 bytes. */
final class Frames {
    private static final int TEXT = 0x81;
    private static final byte[] MASK = {1, 2, 3, 4};

    private Frames() {}

    /** A final text frame as clients send it. */
    static byte[] masked(String text) {
        return masked(TEXT, text);
    }

    /**
     * @param first the frame's first byte: FIN, reserved bits and opcode
     */
    static byte[] masked(int first, String text) {
        byte[] payload = text.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.write(first);
        frame.write(0x80 | payload.length);
        frame.writeBytes(MASK);
        for (int i = 0; i < payload.length; i++) {
            frame.write(payload[i] ^ MASK[i % 4]);
        }
        return frame.toByteArray();
    }

    /** A final text frame as servers send it. */
    static byte[] plain(String text) {
        return plain(TEXT, text);
    }

    /**
     * @param first the frame's first byte: FIN, reserved bits and opcode
     */
    static byte[] plain(int first, String text) {
        byte[] payload = text.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.write(first);
        frame.write(payload.length);
        frame.writeBytes(payload);
        return frame.toByteArray();
    }
}
