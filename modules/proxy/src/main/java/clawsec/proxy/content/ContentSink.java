package clawsec.proxy.content;

import clawsec.http.Fields;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Where the content of one message goes. For one thread at a time. */
public interface ContentSink {
    /**
     * Queues what remains of a buffer that has an array, consuming it; waits for a receiver that is
     * slow.
     */
    void write(ByteBuffer bytes) throws IOException;

    /** Queues the end. */
    void end(Fields trailers) throws IOException;

    /** Sends what is queued. */
    void flush() throws IOException;
}
