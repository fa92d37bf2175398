package clawsec.proxy.content;

import clawsec.http.h1.Http1Event;
import clawsec.proxy.net.Fill;
import clawsec.proxy.net.Wire;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Supplier;

/** Content as a decoder of HTTP/1.1 finds it in what a wire brings. */
public final class Http1Source implements ContentSource {
    private final Function<ByteBuffer, Http1Event> poll;
    private final Supplier<Http1Event> endOfInput;
    private final Wire from;

    public Http1Source(
            Function<ByteBuffer, Http1Event> poll, Supplier<Http1Event> endOfInput, Wire from) {
        this.poll = poll;
        this.endOfInput = endOfInput;
        this.from = from;
    }

    @Override
    public Http1Event poll() {
        return poll.apply(from.input());
    }

    @Override
    public boolean fill() throws IOException {
        return from.fill();
    }

    @Override
    public Fill fill(Duration patience) throws IOException {
        return from.fill(patience);
    }

    /** RFC 9112 §9.8: under TLS content that a close ends is whole only after a close_notify. */
    @Override
    public boolean isWhole() {
        return !from.isExpired()
                && !from.isTruncated()
                && endOfInput.get() instanceof Http1Event.End;
    }

    @Override
    public boolean isExpired() {
        return from.isExpired();
    }
}
