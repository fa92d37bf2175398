package clawsec.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import clawsec.testkit.HttpScript;
import clawsec.testkit.RawClient;
import clawsec.testkit.ScriptedOrigin;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Content of any size and peers of any slowness cost a bounded part of the heap, and nobody else's
 * time. {@code make soak} runs it with the sizes of an outbreak, in a heap of 256 MB that holds
 * clients and origins too.
 */
class LargeAndSlowTest {
    private static final boolean IS_SOAK = Boolean.getBoolean("clawsec.soak");
    private static final long LARGE_BYTES = IS_SOAK ? 1L << 30 : 64L << 20;
    private static final int DOWNLOADS = IS_SOAK ? 100 : 20;
    private static final long DOWNLOAD_BYTES = IS_SOAK ? 100L << 20 : 4L << 20;
    private static final int STREAMS = IS_SOAK ? 1_000 : 100;

    /** What the heap may grow by while a message of any size is on its way. */
    private static final long TRANSFER_BYTES = 4 << 20;

    /** What an idle stream may take, its client and its origin in this heap too. */
    private static final long STREAM_BYTES = 96 << 10;

    private static final byte[] BLOCK = new byte[1 << 16];

    @TempDir Path folder;

    @Test
    void largeDownload_takesConstantMemory() throws Exception {
        try (ProxyFixture proxy = ProxyFixture.openInspected(folder, new Unmoved());
                ScriptedOrigin origin = ScriptedOrigin.open(sending(LARGE_BYTES));
                RawClient client = proxy.client()) {
            long before = usedBytes();
            client.send(ProxyFixture.get(origin.authority(), "/"));
            client.readUntil("\r\n\r\n");
            assertEquals(LARGE_BYTES / 2, client.skip(LARGE_BYTES / 2));
            assertGrowth(before, TRANSFER_BYTES);
            assertEquals(LARGE_BYTES / 2, client.skip(LARGE_BYTES / 2));
        }
    }

    @Test
    void largeUpload_takesConstantMemory() throws Exception {
        BlockingQueue<Long> received = new LinkedBlockingQueue<>();
        ScriptedOrigin.Handler counting =
                (in, out, socket) -> {
                    readHead(in);
                    long count = 0;
                    byte[] block = new byte[1 << 16];
                    int read;
                    while (count < LARGE_BYTES && (read = in.read(block)) > 0) {
                        count += read;
                    }
                    received.add(count);
                    out.write(ascii("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"));
                };
        try (ProxyFixture proxy = ProxyFixture.openInspected(folder, new Unmoved());
                ScriptedOrigin origin = ScriptedOrigin.open(counting);
                RawClient client = proxy.client()) {
            String length = "Content-Length: " + LARGE_BYTES;
            client.send(ProxyFixture.request("POST", origin.authority(), "/", length) + "\r\n");
            origin.awaitConnection();
            long before = usedBytes();
            for (long sent = 0; sent < LARGE_BYTES; sent += BLOCK.length) {
                client.send(BLOCK);
                if (sent == LARGE_BYTES / 2) {
                    assertGrowth(before, TRANSFER_BYTES);
                }
            }
            assertEquals(200, client.readResponse().status());
            assertEquals(LARGE_BYTES, received.poll(20, TimeUnit.SECONDS));
        }
    }

    @Test
    void manyDownloadsAtOnce_allEnd() throws Exception {
        try (ProxyFixture proxy = ProxyFixture.openInspected(folder, new Unmoved());
                ScriptedOrigin origin = ScriptedOrigin.open(sending(DOWNLOAD_BYTES));
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Long>> downloads = new ArrayList<>();
            for (int i = 0; i < DOWNLOADS; i++) {
                downloads.add(threads.submit(() -> download(proxy, origin)));
            }
            for (Future<Long> each : downloads) {
                assertEquals(DOWNLOAD_BYTES, each.get());
            }
        }
    }

    private static long download(ProxyFixture proxy, ScriptedOrigin origin) throws Exception {
        try (RawClient client = proxy.client()) {
            client.send(ProxyFixture.get(origin.authority(), "/"));
            client.readUntil("\r\n\r\n");
            return client.skip(DOWNLOAD_BYTES);
        }
    }

    @Test
    void idleEventStreams_takeLittle_andOthersAreServed() throws Exception {
        Semaphore end = new Semaphore(0);
        ScriptedOrigin.Handler streaming =
                (in, out, socket) -> {
                    readHead(in);
                    // one piece, which waits for no acknowledgement of another
                    String head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n";
                    out.write(ascii(head + "data: first\n\n"));
                    end.acquireUninterruptibly();
                    out.write(ascii("data: last\n\n"));
                };
        List<RawClient> clients = new ArrayList<>();
        try (ProxyFixture proxy = ProxyFixture.openInspected(folder, new Unmoved());
                ScriptedOrigin origin = ScriptedOrigin.open(streaming);
                ScriptedOrigin other = ScriptedOrigin.open(HttpScript.text("served"))) {
            long before = usedBytes();
            for (int i = 0; i < STREAMS; i++) {
                RawClient client = proxy.client();
                clients.add(client);
                client.send(ProxyFixture.get(origin.authority(), "/"));
                client.readUntil("data: first\n\n");
            }
            assertGrowth(before, STREAMS * STREAM_BYTES);
            try (RawClient client = proxy.client()) {
                client.send(ProxyFixture.get(other.authority(), "/"));
                assertEquals("served", client.readResponse().text());
            }
            end.release(STREAMS);
            for (RawClient client : clients) {
                client.readUntil("data: last\n\n");
            }
        } finally {
            end.release(STREAMS);
            for (RawClient client : clients) {
                client.close();
            }
        }
    }

    /** It takes a byte for each whole request of another client, and waits meanwhile. */
    @Test
    void readerOfSingleBytes_holdsUpNobodyElse() throws Exception {
        try (ProxyFixture proxy = ProxyFixture.openInspected(folder, new Unmoved());
                ScriptedOrigin origin = ScriptedOrigin.open(sending(LARGE_BYTES));
                ScriptedOrigin other = ScriptedOrigin.open(HttpScript.text("served"));
                RawClient slow = proxy.client();
                RawClient client = proxy.client()) {
            slow.send(ProxyFixture.get(origin.authority(), "/"));
            slow.readUntil("\r\n\r\n");
            for (int i = 0; i < 200; i++) {
                assertEquals(1, slow.readExactly(1).length);
                client.send(ProxyFixture.get(other.authority(), "/"));
                assertEquals("served", client.readResponse().text());
            }
        }
    }

    /** Answers each request with so many bytes. */
    private static ScriptedOrigin.Handler sending(long bytes) {
        return (InputStream in, OutputStream out, Socket socket) -> {
            readHead(in);
            out.write(
                    ascii(
                            "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: "
                                    + bytes
                                    + "\r\n\r\n"));
            for (long sent = 0; sent < bytes; sent += BLOCK.length) {
                out.write(BLOCK);
            }
        };
    }

    private static void readHead(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.read());
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static long usedBytes() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private static void assertGrowth(long before, long most) {
        long growth = usedBytes() - before;
        assertTrue(growth < most, () -> "the heap grew by " + growth + " of " + most);
    }
}
