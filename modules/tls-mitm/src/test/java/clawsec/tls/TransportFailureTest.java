package clawsec.tls;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;

class TransportFailureTest {
    @Test
    void brokenPipe_ofAChannel_deepInside_isOne() {
        SSLException read = new SSLException("readHandshakeRecord", new IOException("Broken pipe"));
        assertTrue(TransportFailure.isIn(new SSLException("Unexpected exception", read)));
    }

    @Test
    void endAndReset_areOnes() {
        assertTrue(TransportFailure.isIn(new SSLHandshakeException("closed", new EOFException())));
        assertTrue(TransportFailure.isIn(new SocketException("Connection reset")));
    }

    @Test
    void certificateAndAlert_areNone() {
        assertFalse(
                TransportFailure.isIn(
                        new SSLHandshakeException("PKIX", new CertificateException("expired"))));
        assertFalse(TransportFailure.isIn(new SSLHandshakeException("Received fatal alert")));
    }
}
