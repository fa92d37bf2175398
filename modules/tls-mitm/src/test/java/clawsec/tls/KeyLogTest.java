package clawsec.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import clawsec.ca.CertificateAuthority;
import clawsec.ca.LeafStore;
import clawsec.testkit.LoggedLines;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Guards what the key log rests on: where the JSSE of this JDK looks for its key derivations. */
class KeyLogTest {
    private static final int TLS13_LINES = 5;

    @TempDir private Path folder;
    private Path log;
    private LeafStore leaves;

    @BeforeEach
    void openAuthority() throws Exception {
        log = folder.resolve("keys.log");
        leaves = LeafStore.of(CertificateAuthority.open(folder, InstantSource.system()));
    }

    @Test
    void clientSide_writesWhatOpensslWrites() throws Exception {
        for (String version : List.of("-tls1_3", "-tls1_2")) {
            Path theirs = folder.resolve("openssl" + version + ".log");
            Files.deleteIfExists(log);
            try (InterceptingServer server =
                    new InterceptingServer(ClientSide.of(leaves, logging(log)), "127.0.0.1")) {
                Tool.run(
                        folder,
                        "openssl",
                        "s_client",
                        "-connect",
                        "127.0.0.1:" + server.port(),
                        "-servername",
                        "self.example",
                        version,
                        "-keylogfile",
                        theirs.toString());
                server.accepted();
            }
            assertEquals(version.equals("-tls1_3") ? TLS13_LINES : 1, lines(log).size());
            assertEquals(lines(theirs), lines(log));
        }
    }

    @Test
    void bothSides_writeTheSame() throws Exception {
        Path originLog = folder.resolve("origin.log");
        OriginSide origin =
                OriginSide.of(
                        new TlsConfig(
                                Optional.of(folder.resolve("ca.crt")), Optional.of(originLog)));
        try (InterceptingServer server =
                new InterceptingServer(ClientSide.of(leaves, logging(log)), "127.0.0.1")) {
            for (int i = 1; i <= 3; i++) { // the first in full, then resumed
                try (SSLSocket socket =
                        origin.connect(server.connect(), "self.example", 443, List.of())) {
                    socket.getOutputStream().write('x');
                    socket.getInputStream().readAllBytes();
                }
                server.accepted();
                assertEquals(i * TLS13_LINES, lines(log).size());
                assertEquals(lines(log), lines(originLog));
            }
        }
    }

    @Test
    void file_isAppendedTo_andClosedToOthers() throws Exception {
        Files.writeString(log, "# before\n");
        Files.setPosixFilePermissions(log, PosixFilePermissions.fromString("rw-r--r--"));
        ClientSide.of(leaves, logging(log));
        assertEquals("# before\n", Files.readString(log));
        assertEquals(
                "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(log)));
    }

    @Test
    void fileThatCannotBeMade_isNamed() {
        Path nowhere = folder.resolve("missing/keys.log");
        TlsConfigException refused =
                assertThrows(
                        TlsConfigException.class, () -> ClientSide.of(leaves, logging(nowhere)));
        assertEquals(
                "keylog_file FILE cannot be written (java.nio.file.NoSuchFileException: FILE)",
                String.valueOf(refused.getMessage()).replace(nowhere.toString(), "FILE"));
    }

    @Test
    void interruptedHandshake_leavesTheFileOpenForOthers() throws Exception {
        KeyLog keys = KeyLog.of(logging(log));
        assertNotNull(keys);
        Thread interrupted =
                Thread.ofVirtual()
                        .start(() -> {
                            Thread.currentThread().interrupt();
                            new KeyLog.Session(keys, "aa").add("ONE", new byte[1]);
                        });
        interrupted.join();
        new KeyLog.Session(keys, "bb").add("TWO", new byte[1]);
        assertEquals(Set.of("ONE aa 00", "TWO bb 00"), lines(log));
    }

    @Test
    void lineThatCannotBeWritten_isToldOnce_untilOneIsWrittenAgain() {
        AtomicBoolean isFull = new AtomicBoolean(true);
        OutputStream disk =
                new OutputStream() {
                    @Override
                    public void write(int octet) throws IOException {
                        if (isFull.get()) {
                            throw new IOException("made up: no space left");
                        }
                    }
                };
        try (LoggedLines said = LoggedLines.of("clawsec.tls")) {
            KeyLog.Session session = new KeyLog.Session(new KeyLog(disk), "aa");
            session.add("ONE", new byte[1]);
            session.add("TWO", new byte[1]);
            assertEquals(1, said.with("keylog_file cannot be written (made up").size());
            isFull.set(false);
            session.add("THREE", new byte[1]);
            isFull.set(true);
            session.add("FOUR", new byte[1]);
            assertEquals(2, said.with("keylog_file cannot be written").size());
        }
    }

    @Test
    void withoutKeyLog_nothingIsWritten() throws Exception {
        ClientSide.of(leaves, logging(log)); // puts the provider in
        ClientSide silent = ClientSide.of(leaves, TlsConfig.DEFAULT);
        try (InterceptingServer server = new InterceptingServer(silent, "127.0.0.1")) {
            OriginSide origin =
                    OriginSide.of(
                            new TlsConfig(Optional.of(folder.resolve("ca.crt")), Optional.empty()));
            origin.connect(server.connect(), "self.example", 443, List.of()).close();
            server.accepted();
        }
        assertTrue(Files.exists(log));
        assertFalse(Files.size(log) > 0);
    }

    private static TlsConfig logging(Path file) {
        return new TlsConfig(Optional.empty(), Optional.of(file));
    }

    private static Set<String> lines(Path file) throws Exception {
        Set<String> lines = new TreeSet<>();
        for (String line : Files.readAllLines(file, StandardCharsets.US_ASCII)) {
            if (!line.startsWith("#")) {
                lines.add(line);
            }
        }
        return lines;
    }
}
