package clawsec.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;

import clawsec.ca.CertificateAuthority;
import clawsec.ca.LeafStore;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BothSidesTest {
    @TempDir private Path folder;

    @Test
    void originSide_trustingOurRoot_meetsClientSide() throws Exception {
        CertificateAuthority authority = CertificateAuthority.open(folder, InstantSource.system());
        ClientSide clientSide = ClientSide.of(LeafStore.of(authority), TlsConfig.DEFAULT);
        OriginSide originSide =
                OriginSide.of(
                        new TlsConfig(
                                Optional.of(folder.resolve("ca.crt")),
                                Optional.empty(),
                                List.of("http/1.1")));
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<SSLSocket> served = threads.submit(() -> serve(listener, clientSide));
            Socket socket = new Socket(listener.getInetAddress(), listener.getLocalPort());
            try (SSLSocket client = originSide.connect(socket, "self.example", 443);
                    SSLSocket server = served.get()) {
                assertEquals("http/1.1", client.getApplicationProtocol());
                client.getOutputStream().write('a');
                assertEquals('a', server.getInputStream().read());
                server.getOutputStream().write('b');
                assertEquals('b', client.getInputStream().read());
            }
        }
    }

    private static SSLSocket serve(ServerSocket listener, ClientSide clientSide) throws Exception {
        Socket socket = listener.accept();
        ClientHelloDecoder decoder = new ClientHelloDecoder(TlsLimits.DEFAULT);
        byte[] buffer = new byte[4096];
        while (true) {
            int count = socket.getInputStream().read(buffer);
            if (decoder.feed(ByteBuffer.wrap(buffer, 0, count))
                    instanceof ClientHelloEvent.Complete(ClientHello hello)) {
                return clientSide.accept(
                        socket, decoder.consumed(), hello, hello.serverName().orElseThrow());
            }
        }
    }
}
