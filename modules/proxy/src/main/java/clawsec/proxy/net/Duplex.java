package clawsec.proxy.net;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;

/**
 * One end of a tunnel: a connection, or a stream of HTTP/2. One thread reads and one writes; {@link
 * #abort} may be used by any.
 */
public interface Duplex extends Inflow {
    /**
     * What was read and not yet consumed, in a buffer that has an array; only the reading thread
     * uses it, and only until the next fill.
     */
    ByteBuffer input();

    /** Queues what remains of a buffer that has an array, consuming it. */
    void write(ByteBuffer bytes) throws IOException;

    /** Sends what is queued. */
    void flush() throws IOException;

    /** Says that nothing more will be sent; the other direction stays open. */
    void shutdownOutput() throws IOException;

    /** How long it may be silent, from now on. */
    void allow(Duration silence);

    /** Sends what is queued and the end, then closes. */
    void close();

    /** Closes at once in a way that the peer cannot take for a proper end. */
    void reset();

    /** Closes at once; threads that read or write get an error. */
    void abort();
}
