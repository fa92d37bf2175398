package clawsec.proxy;

import java.io.IOException;
import java.util.List;

/** An origin whose parser is not ours, and what it took for requests. */
interface EchoOrigin extends AutoCloseable {
    /**
     * One request as the origin read it.
     *
     * @param host all Host fields, joined by a comma
     * @param content ISO 8859-1
     */
    record Received(String method, String target, String host, String content) {}

    /** {@code 127.0.0.1:port}. */
    String authority();

    /** All requests that were answered so far, in order. */
    List<Received> received() throws Exception;

    @Override
    void close() throws IOException;
}
