package clawsec.proxy.h2;

import clawsec.http.Fields;
import clawsec.http.h1.Http1Event;
import clawsec.http.h2.Http2Error;
import clawsec.proxy.net.Duplex;
import clawsec.proxy.net.Fill;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;

/** A stream whose content is a connection of another protocol (RFC 8441). */
public final class Http2Duplex implements Duplex {
    private final Http2Channel channel;
    private ByteBuffer input = ByteBuffer.allocate(0);

    public Http2Duplex(Http2Channel channel) {
        this.channel = channel;
    }

    @Override
    public ByteBuffer input() {
        return input;
    }

    @Override
    public boolean fill() throws IOException {
        if (!channel.fill()) {
            throw brokenOff();
        }
        return take();
    }

    @Override
    public Fill fill(Duration patience) throws IOException {
        return switch (channel.fill(patience)) {
            case BYTES -> take() ? Fill.BYTES : Fill.END;
            case TIMEOUT -> Fill.TIMEOUT;
            case END -> throw brokenOff();
        };
    }

    private static IOException brokenOff() {
        return new IOException("the stream broke off");
    }

    /** False when the peer's side ended; a break is an error, and not the same. */
    private boolean take() {
        if (input.hasRemaining()) {
            throw new IllegalStateException(input.remaining() + " bytes were not consumed");
        }
        if (channel.poll() instanceof Http1Event.Content content) {
            input = content.bytes();
            return true;
        }
        return false;
    }

    @Override
    public void write(ByteBuffer bytes) throws IOException {
        channel.write(bytes);
    }

    @Override
    public void flush() {
        channel.flush();
    }

    @Override
    public void shutdownOutput() throws IOException {
        channel.end(Fields.EMPTY);
        channel.flush();
    }

    @Override
    public void allow(Duration silence) {
        channel.allow(silence);
    }

    @Override
    public void close() {
        channel.flush();
        channel.reset(Http2Error.NO_ERROR.code());
    }

    /** RFC 8441 §5: a reset of TCP is a stream's CANCEL. */
    @Override
    public void reset() {
        channel.reset(Http2Error.CANCEL.code());
    }

    @Override
    public void abort() {
        reset();
    }
}
