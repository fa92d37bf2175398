package clawsec.proxy.content;

import clawsec.http.Fields;
import clawsec.http.h1.Framing;
import clawsec.http.h1.Http1Encoder;
import clawsec.proxy.net.Wire;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Content in the framing of HTTP/1.1 (RFC 9112 §6). */
public final class Http1Sink implements ContentSink {
    private final Wire to;
    private final boolean writesChunks;

    public Http1Sink(Wire to, Framing framing) {
        this.to = to;
        this.writesChunks = framing instanceof Framing.Chunked;
    }

    @Override
    public void write(ByteBuffer bytes) throws IOException {
        if (writesChunks && bytes.hasRemaining()) {
            to.write(Http1Encoder.chunkPrefix(bytes.remaining()));
            to.write(bytes);
            to.write(Http1Encoder.crlf());
        } else {
            to.write(bytes);
        }
    }

    @Override
    public void end(Fields trailers) throws IOException {
        if (writesChunks) {
            to.write(Http1Encoder.lastChunk(trailers));
        }
    }

    @Override
    public void flush() throws IOException {
        to.flush();
    }
}
