package clawsec.ctl.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatusServerTest {
    private static final StatusReport REPORT =
            new StatusReport(
                    1, "0.1.0", Instant.EPOCH, Duration.ZERO, true, Map.of(), Map.of(), List.of());

    @TempDir private Path folder;

    @Test
    void ask_manyTimes_isAnsweredEachTime() throws Exception {
        try (StatusServer _ = StatusServer.open(folder, () -> REPORT)) {
            for (int i = 0; i < 50; i++) {
                assertEquals(Optional.of(REPORT), StatusClient.ask(folder));
            }
        }
        assertEquals(Optional.empty(), StatusClient.ask(folder));
        assertFalse(Files.exists(folder.resolve("monitor.sock")));
    }

    @Test
    void ask_whileOthersConnectAndNeverRead_isAnswered() throws Exception {
        UnixDomainSocketAddress address =
                UnixDomainSocketAddress.of(folder.resolve("monitor.sock"));
        try (StatusServer _ = StatusServer.open(folder, () -> REPORT);
                SocketChannel first = SocketChannel.open(address);
                SocketChannel second = SocketChannel.open(address)) {
            assertEquals(Optional.of(REPORT), StatusClient.ask(folder));
            assertEquals(first.getRemoteAddress(), second.getRemoteAddress());
        }
    }

    @Test
    void ask_afterAReportFailed_isAnsweredAgain() throws Exception {
        AtomicBoolean isBroken = new AtomicBoolean(true);
        try (StatusServer _ =
                StatusServer.open(
                        folder,
                        () -> {
                            if (isBroken.getAndSet(false)) {
                                throw new IllegalStateException("made up by a test");
                            }
                            return REPORT;
                        })) {
            assertEquals(Optional.empty(), StatusClient.ask(folder));
            assertEquals(Optional.of(REPORT), StatusClient.ask(folder));
        }
    }

    @Test
    void ask_afterTheMemoryRanOut_isAnsweredAgain() throws Exception {
        AtomicBoolean isFull = new AtomicBoolean(true);
        try (StatusServer _ =
                StatusServer.open(
                        folder,
                        () -> {
                            if (isFull.getAndSet(false)) {
                                throw new OutOfMemoryError("made up by a test");
                            }
                            return REPORT;
                        })) {
            assertEquals(Optional.empty(), StatusClient.ask(folder));
            assertEquals(Optional.of(REPORT), StatusClient.ask(folder));
        }
    }

    @Test
    void open_socketLeftBehind_isReplaced() throws Exception {
        Path path = folder.resolve("monitor.sock");
        try (ServerSocketChannel left = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            left.bind(UnixDomainSocketAddress.of(path));
        }
        assertEquals(Optional.empty(), StatusClient.ask(folder));
        try (StatusServer _ = StatusServer.open(folder, () -> REPORT)) {
            assertEquals(Optional.of(REPORT), StatusClient.ask(folder));
        }
    }

    @Test
    void open_folderWithALongPath_isReachedAllTheSame() throws Exception {
        Path deep = Files.createDirectories(folder.resolve("x".repeat(120)));
        try (StatusServer _ = StatusServer.open(deep, () -> REPORT)) {
            assertEquals(Optional.of(REPORT), StatusClient.ask(deep));
            assertFalse(hasSocket(deep));
        }
        assertEquals(Optional.empty(), StatusClient.ask(deep));
    }

    private static boolean hasSocket(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.findAny().isPresent();
        }
    }
}
