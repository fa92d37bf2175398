package clawsec.proxy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;

/** A server whose queue is full: connecting to it neither succeeds nor fails. */
final class FullServer implements AutoCloseable {
    private final ServerSocket server;
    private final List<Socket> queued = new ArrayList<>();

    private FullServer(ServerSocket server) {
        this.server = server;
    }

    static FullServer open() throws IOException {
        FullServer full = new FullServer(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
        for (int i = 0; i < 4; i++) {
            Socket socket = new Socket();
            full.queued.add(socket);
            try {
                socket.connect(full.server.getLocalSocketAddress(), 100);
            } catch (SocketTimeoutException isFull) {
                break;
            }
        }
        return full;
    }

    int port() {
        return server.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        for (Socket socket : queued) {
            socket.close();
        }
        server.close();
    }
}
