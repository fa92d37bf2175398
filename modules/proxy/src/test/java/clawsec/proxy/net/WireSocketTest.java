package clawsec.proxy.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an end reads ahead for JSSE, and what of it stays while it idles. */
class WireSocketTest {
    private static final int SMALL_BYTES = 2_048;
    private static final int LARGE_BYTES = 17_408;

    private SocketChannel peer;
    private SocketChannel end;
    private WireSocket socket;

    @BeforeEach
    void connect() throws Exception {
        try (ServerSocketChannel server = ServerSocketChannel.open()) {
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            peer = SocketChannel.open(server.getLocalAddress());
            end = server.accept();
        }
        socket = new WireSocket(end);
    }

    @AfterEach
    void close() throws Exception {
        peer.close();
        end.close();
    }

    private void pass(int bytes) throws Exception {
        peer.write(ByteBuffer.allocate(bytes));
        assertEquals(bytes, socket.getInputStream().readNBytes(bytes).length);
    }

    @Test
    void smallRecords_takeASmallBuffer() throws Exception {
        pass(SMALL_BYTES - 1);
        pass(SMALL_BYTES - 1);
        assertEquals(SMALL_BYTES, socket.aheadBytes());
        assertFalse(socket.hasSeenLargeRecords());
        socket.shrink();
        assertEquals(SMALL_BYTES, socket.aheadBytes());
    }

    @Test
    void largeRecords_takeALargeBuffer_whichAnIdleEndGivesBack() throws Exception {
        pass(SMALL_BYTES + 1);
        assertEquals(LARGE_BYTES, socket.aheadBytes());
        assertTrue(socket.hasSeenLargeRecords());
        socket.shrink();
        assertEquals(0, socket.aheadBytes());
        pass(1);
        assertEquals(SMALL_BYTES, socket.aheadBytes());
    }

    @Test
    void whatWasReadAhead_isKept() throws Exception {
        peer.write(ByteBuffer.allocate(SMALL_BYTES + 2));
        InputStream in = socket.getInputStream();
        assertEquals(SMALL_BYTES + 1, in.readNBytes(SMALL_BYTES + 1).length);
        socket.shrink();
        assertEquals(0, in.read());
    }

    /** JSSE closes what it reads from at its end, which may be the end of one direction alone. */
    @Test
    void inputThatIsClosed_leavesTheOutputOpen() throws Exception {
        peer.shutdownOutput();
        InputStream in = socket.getInputStream();
        assertEquals(-1, in.read());
        in.close();
        socket.getOutputStream().write(1);
        ByteBuffer got = ByteBuffer.allocate(1);
        assertEquals(1, peer.read(got));
    }
}
