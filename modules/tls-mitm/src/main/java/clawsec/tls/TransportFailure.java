package clawsec.tls;

import java.io.IOException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Tells the end of the connection below TLS from a failure of TLS itself. JSSE wraps the one in the
 * other, and channels report a peer that went away as a plain {@code IOException}.
 */
final class TransportFailure {
    private TransportFailure() {}

    /** True when the connection broke or ended: some cause came from reading or writing it. */
    static boolean isIn(IOException failure) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException && !(cause instanceof SSLException)) {
                return true;
            }
        }
        return false;
    }
}
