package clawsec.testkit;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * A WebSocket server (RFC 6455) for tests that sends each message back, in two fragments where it
 * is long, answers pings and closes with the code it gets. It reads with code of its own, as {@link
 * WireMessage} does. Safe for many connections.
 */
public final class WebSocketEcho implements ScriptedOrigin.Handler {
    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final byte[] TAIL = {0, 0, (byte) 0xff, (byte) 0xff};
    private static final int COMPRESSED = 0x40;
    private static final int FINAL = 0x80;
    private static final int CLOSE = 8;
    private static final int PING = 9;

    /** Messages that are longer are sent in two fragments. */
    private static final int FRAGMENT_BYTES = 1_000;

    private final String extension;
    private final AtomicLong messages = new AtomicLong();

    /**
     * @param extension what Sec-WebSocket-Extensions answers to an offer of permessage-deflate;
     *     empty for none
     */
    public WebSocketEcho(String extension) {
        this.extension = extension;
    }

    /** Messages sent back so far. */
    public long messages() {
        return messages.get();
    }

    @Override
    public void handle(InputStream in, OutputStream out, Socket socket) throws IOException {
        Optional<WireMessage> request = WireMessage.readRequest(in);
        if (request.isEmpty()) {
            return;
        }
        boolean isOffered =
                request.get().fields("Sec-WebSocket-Extensions").toString().contains("deflate");
        boolean isCompressed = isOffered && !extension.isEmpty();
        String head =
                "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                        + "Sec-WebSocket-Accept: "
                        + accept(request.get().field("Sec-WebSocket-Key").orElse(""))
                        + (isCompressed ? "\r\nSec-WebSocket-Extensions: " + extension : "")
                        + "\r\n\r\n";
        out.write(head.getBytes(StandardCharsets.US_ASCII));
        new Conversation(new DataInputStream(in), out, isCompressed).run();
    }

    private static String accept(String key) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-1")
                            .digest((key + GUID).getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("no SHA-1", e);
        }
    }

    /** One connection after its handshake. */
    private final class Conversation {
        private final DataInputStream in;
        private final OutputStream out;
        private final boolean isCompressed;
        private final Inflater inflater = new Inflater(true);
        private final Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);

        Conversation(DataInputStream in, OutputStream out, boolean isCompressed) {
            this.in = in;
            this.out = out;
            this.isCompressed = isCompressed;
        }

        void run() throws IOException {
            try {
                ByteArrayOutputStream message = new ByteArrayOutputStream();
                int begun = 0;
                int first = in.readUnsignedByte();
                while (true) {
                    byte[] payload = payload();
                    int opcode = first & 0xf;
                    if (opcode == CLOSE) {
                        out.write(frame(first, payload));
                        return;
                    }
                    if (opcode == PING) {
                        out.write(frame(first + 1, payload));
                    } else if (opcode < CLOSE) {
                        begun = opcode == 0 ? begun : first;
                        message.writeBytes(payload);
                        if ((first & FINAL) != 0) {
                            answer(begun, message.toByteArray());
                            message.reset();
                        }
                    }
                    first = in.readUnsignedByte();
                }
            } catch (DataFormatException e) {
                throw new IOException("not compressed", e);
            } finally {
                inflater.end();
                deflater.end();
            }
        }

        private byte[] payload() throws IOException {
            int length = in.readUnsignedByte() & 0x7f;
            if (length == 126) {
                length = in.readUnsignedShort();
            } else if (length == 127) {
                length = Math.toIntExact(in.readLong());
            }
            byte[] mask = in.readNBytes(4);
            byte[] payload = in.readNBytes(length);
            for (int i = 0; i < payload.length; i++) {
                payload[i] ^= mask[i & 3];
            }
            return payload;
        }

        private void answer(int begun, byte[] message) throws IOException, DataFormatException {
            messages.incrementAndGet();
            byte[] clear = (begun & COMPRESSED) != 0 ? inflated(message) : message;
            byte[] payload = isCompressed ? deflated(clear) : clear;
            int first = begun & 0xf | (isCompressed ? COMPRESSED : 0);
            int cut = payload.length > FRAGMENT_BYTES ? payload.length / 2 : payload.length;
            ByteArrayOutputStream frames = new ByteArrayOutputStream();
            boolean isWhole = cut == payload.length;
            frames.writeBytes(frame(isWhole ? first | FINAL : first, Arrays.copyOf(payload, cut)));
            if (!isWhole) {
                frames.writeBytes(frame(FINAL, Arrays.copyOfRange(payload, cut, payload.length)));
            }
            out.write(frames.toByteArray());
        }

        private byte[] inflated(byte[] message) throws DataFormatException {
            if (extension.contains("client_no_context_takeover")) {
                inflater.reset();
            }
            ByteArrayOutputStream clear = new ByteArrayOutputStream();
            byte[] room = new byte[8_192];
            for (byte[] input : new byte[][] {message, TAIL}) {
                inflater.setInput(input);
                int count = inflater.inflate(room);
                while (count > 0) {
                    clear.write(room, 0, count);
                    count = inflater.inflate(room);
                }
            }
            return clear.toByteArray();
        }

        private byte[] deflated(byte[] message) {
            if (extension.contains("server_no_context_takeover")) {
                deflater.reset();
            }
            deflater.setInput(message);
            byte[] room = new byte[2 * message.length + 64];
            int count = deflater.deflate(room, 0, room.length, Deflater.SYNC_FLUSH);
            return count < TAIL.length ? new byte[1] : Arrays.copyOf(room, count - TAIL.length);
        }

        private static byte[] frame(int first, byte[] payload) {
            ByteBuffer frame = ByteBuffer.allocate(10 + payload.length).put((byte) first);
            if (payload.length < 126) {
                frame.put((byte) payload.length);
            } else if (payload.length < 65_536) {
                frame.put((byte) 126).putShort((short) payload.length);
            } else {
                frame.put((byte) 127).putLong(payload.length);
            }
            frame.put(payload);
            return Arrays.copyOf(frame.array(), frame.position());
        }
    }
}
