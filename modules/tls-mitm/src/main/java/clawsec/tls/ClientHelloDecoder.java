package clawsec.tls;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Reads the first bytes of a connection until they are a whole ClientHello or certainly none (RFC
 * 8446 §4.1.2, §5.1). The hello may span records, and records may span reads. What was fed stays
 * available as {@link #consumed}, so that it can be replayed into a TLS socket or a tunnel.
 *
 * <p>{@link #feed} takes all bytes of its input while it answers {@code NeedsInput}, also those
 * after the hello in the last piece; after its final answer it takes none and repeats the answer.
 * Confined to one thread.
 */
public final class ClientHelloDecoder {
    /** RFC 8446 §5.1: the most bytes in the fragment of one record. */
    static final int MAX_FRAGMENT_BYTES = 1 << 14;

    private static final int HANDSHAKE = 22;
    private static final int MAJOR_VERSION = 3;
    private static final int CLIENT_HELLO = 1;
    private static final int RECORD_HEADER_BYTES = 5;
    private static final int MESSAGE_HEADER_BYTES = 4;
    private static final int FIRST_CAPACITY_BYTES = 1024;

    private static final ClientHelloEvent NEEDS_INPUT = new ClientHelloEvent.NeedsInput();
    private static final ClientHelloEvent NOT_TLS = new ClientHelloEvent.NotTls();

    private final TlsLimits limits;
    private ClientHelloEvent event = NEEDS_INPUT;

    private byte[] wire = new byte[FIRST_CAPACITY_BYTES];
    private int wireBytes;
    private int scannedBytes;

    private int recordHeaderBytes;
    private int fragmentBytesLeft;
    private byte[] message = new byte[FIRST_CAPACITY_BYTES];
    private int messageBytes;
    private int messageLength;

    public ClientHelloDecoder(TlsLimits limits) {
        this.limits = limits;
    }

    /** Takes what is there and says what the bytes so far are. */
    public ClientHelloEvent feed(ByteBuffer input) {
        if (event == NEEDS_INPUT) {
            int added = input.remaining();
            wire = withRoomFor(wire, wireBytes + added);
            input.get(wire, wireBytes, added);
            wireBytes += added;
            event = scan();
        }
        return event;
    }

    /** All bytes taken so far, in order: a copy, ready to be read, with an array behind it. */
    public ByteBuffer consumed() {
        return ByteBuffer.wrap(Arrays.copyOf(wire, wireBytes));
    }

    private ClientHelloEvent scan() {
        ClientHelloEvent next = NEEDS_INPUT;
        while (next == NEEDS_INPUT && scannedBytes < wireBytes) {
            int octet = wire[scannedBytes++] & 0xff;
            if (scannedBytes > limits.maxHelloBytes()) {
                return malformed("a ClientHello longer than " + limits.maxHelloBytes() + " bytes");
            }
            next = recordHeaderBytes < RECORD_HEADER_BYTES ? recordHeader(octet) : fragment(octet);
        }
        return next;
    }

    private ClientHelloEvent recordHeader(int octet) {
        boolean isFirstRecord = scannedBytes <= RECORD_HEADER_BYTES;
        switch (recordHeaderBytes++) {
            case 0 -> {
                if (octet != HANDSHAKE) {
                    return isFirstRecord
                            ? NOT_TLS
                            : malformed("a record of type " + octet + " inside the ClientHello");
                }
            }
            case 1 -> {
                if (octet != MAJOR_VERSION) {
                    return isFirstRecord
                            ? NOT_TLS
                            : malformed("a record of version " + octet + " in the ClientHello");
                }
            }
            case 2 -> {} // RFC 8446 §5.1: the legacy version's second byte says nothing
            case 3 -> fragmentBytesLeft = octet << 8;
            default -> {
                fragmentBytesLeft |= octet;
                // RFC 8446 §5.1: no empty fragments of handshake messages.
                if (fragmentBytesLeft == 0 || fragmentBytesLeft > MAX_FRAGMENT_BYTES) {
                    return malformed(
                            "a record of "
                                    + fragmentBytesLeft
                                    + " bytes, where 1 to "
                                    + MAX_FRAGMENT_BYTES
                                    + " are allowed,");
                }
            }
        }
        return NEEDS_INPUT;
    }

    private ClientHelloEvent fragment(int octet) {
        message = withRoomFor(message, messageBytes + 1);
        message[messageBytes++] = (byte) octet;
        if (--fragmentBytesLeft == 0) {
            recordHeaderBytes = 0;
        }
        if (messageBytes == 1) {
            return octet == CLIENT_HELLO
                    ? NEEDS_INPUT
                    : malformed("a handshake message of type " + octet + ", not a ClientHello,");
        }
        if (messageBytes <= MESSAGE_HEADER_BYTES) {
            messageLength = messageLength << 8 | octet;
            long least = (long) RECORD_HEADER_BYTES + MESSAGE_HEADER_BYTES + messageLength;
            if (messageBytes == MESSAGE_HEADER_BYTES && least > limits.maxHelloBytes()) {
                return malformed(
                        "a ClientHello of " + least + " bytes exceeds " + limits.maxHelloBytes());
            }
        }
        boolean isWhole =
                messageBytes >= MESSAGE_HEADER_BYTES
                        && messageBytes == MESSAGE_HEADER_BYTES + messageLength;
        return isWhole
                ? new ClientHelloParser(message, MESSAGE_HEADER_BYTES, messageLength).parse()
                : NEEDS_INPUT;
    }

    private ClientHelloEvent malformed(String what) {
        return new ClientHelloEvent.Malformed(what + " at byte " + (scannedBytes - 1));
    }

    private static byte[] withRoomFor(byte[] array, int bytes) {
        return bytes <= array.length
                ? array
                : Arrays.copyOf(array, Math.max(2 * array.length, bytes));
    }
}
