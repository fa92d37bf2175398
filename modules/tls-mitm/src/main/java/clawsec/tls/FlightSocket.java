package clawsec.tls;

import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.function.Consumer;

/**
 * A connected socket that sends a handshake's flight in one piece: JSSE writes each of its messages
 * alone. What is written waits until something is read, or until {@link #endHandshake}; from then
 * on everything passes straight through. Besides five system calls and as many wake-ups of the
 * client, this saves its alert: a client that refuses a certificate closes at once, and while the
 * rest of the flight were still being written, the write would fail and the alert stay unread.
 *
 * <p>In the handshake confined to its thread; afterwards as safe as the socket underneath.
 */
final class FlightSocket extends DelegatingSocket {
    private final Output output;
    private final Input input;

    /**
     * @param observer is shown each flight before it is sent
     */
    FlightSocket(Socket socket, Consumer<byte[]> observer) throws IOException {
        super(socket);
        this.output = new Output(socket.getOutputStream(), observer);
        this.input = new Input(socket.getInputStream(), output);
    }

    /** Sends what waits, and lets everything after it pass. */
    void endHandshake() throws IOException {
        output.send();
        output.flight = new ByteArrayOutputStream(0); // an idle connection holds no flight
        output.isHandshake = false;
    }

    @Override
    public InputStream getInputStream() {
        return input;
    }

    @Override
    public OutputStream getOutputStream() {
        return output;
    }

    /** An alert that waits is sent if that is still possible. */
    @Override
    public void close() throws IOException {
        try (Socket closing = socket()) {
            if (output.isHandshake && !closing.isClosed() && !closing.isOutputShutdown()) {
                endHandshake();
            }
        }
    }

    private static final class Output extends OutputStream {
        private final OutputStream out;
        private final Consumer<byte[]> observer;
        private ByteArrayOutputStream flight = new ByteArrayOutputStream(2048);
        private volatile boolean isHandshake = true;

        Output(OutputStream out, Consumer<byte[]> observer) {
            this.out = out;
            this.observer = observer;
        }

        @Override
        public void write(int octet) throws IOException {
            (isHandshake ? flight : out).write(octet);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            (isHandshake ? flight : out).write(bytes, offset, length);
        }

        private void sendInHandshake() throws IOException {
            if (isHandshake) {
                send();
            }
        }

        private void send() throws IOException {
            if (flight.size() > 0) {
                byte[] bytes = flight.toByteArray();
                flight.reset();
                observer.accept(bytes);
                out.write(bytes);
            }
        }
    }

    private static final class Input extends FilterInputStream {
        private final Output output;

        Input(InputStream in, Output output) {
            super(in);
            this.output = output;
        }

        @Override
        public int read() throws IOException {
            output.sendInHandshake();
            return in.read();
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            output.sendInHandshake();
            return in.read(bytes, offset, length);
        }
    }
}
