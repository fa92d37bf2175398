package clawsec.tls;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The file that TLS secrets are appended to (NSS key log format, RFC 9850), so that a capture of
 * the traffic can be decrypted. JSSE has no way to ask for its secrets, so {@link KeyLogProvider}
 * stands between it and its key derivation; which handshake a secret is of, the thread says, since
 * a blocking handshake runs wholly on one. Safe for many threads: writing is guarded by a lock, and
 * a line is one write.
 *
 * <p>A line that cannot be written (a full disk) is lost; that is told once, and the traffic goes
 * on. A TLS 1.2 session that is resumed derives no new secret, so only its first connection is
 * logged.
 */
final class KeyLog {
    /** The handshake on this thread, where its secrets are wanted. */
    static final ScopedValue<Session> SESSION = ScopedValue.newInstance();

    private static final Set<PosixFilePermission> OWNER_ONLY =
            PosixFilePermissions.fromString("rw-------");

    private static final System.Logger LOG = System.getLogger("clawsec.tls");

    private final OutputStream out;
    private final ReentrantLock lock = new ReentrantLock();

    private boolean hasFailed;

    /**
     * @param out takes each line in one write, as it is
     */
    KeyLog(OutputStream out) {
        this.out = out;
    }

    /** The key log that a configuration asks for; null where it asks for none. */
    static @Nullable KeyLog of(TlsConfig config) throws TlsConfigException {
        Optional<Path> file = config.keylogFile();
        return file.isPresent() ? open(file.get()) : null;
    }

    /**
     * Opens the file for appending, closed to others than its owner, and puts the provider in.
     *
     * @throws TlsConfigException when it cannot be made or written
     */
    private static KeyLog open(Path file) throws TlsConfigException {
        try {
            create(file);
            // No FileChannel: an interrupted virtual thread would close it for everybody.
            OutputStream out = new FileOutputStream(file.toFile(), true);
            Files.setPosixFilePermissions(file, OWNER_ONLY);
            KeyLogProvider.install();
            return new KeyLog(out);
        } catch (IOException e) {
            throw new TlsConfigException(
                    "keylog_file " + file + " cannot be written (" + e + ")", e);
        }
    }

    private static void create(Path file) throws IOException {
        try {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        } catch (FileAlreadyExistsException exists) {
            // It is appended to.
        }
    }

    /** One handshake. Confined to its thread. */
    static final class Session {
        private final KeyLog log;
        private String random;

        /**
         * @param random the client's random as lower-case hex; empty while it is not known
         */
        Session(KeyLog log, String random) {
            this.log = log;
            this.random = random;
        }

        /** Reads the client's random from what a client end sends first. */
        void sent(byte[] flight) {
            if (random.isEmpty()
                    && new ClientHelloDecoder(TlsLimits.DEFAULT).feed(ByteBuffer.wrap(flight))
                            instanceof ClientHelloEvent.Complete(ClientHello hello)) {
                random = hello.random();
            }
        }

        /**
         * Appends one line.
         *
         * @param label the first field, such as {@code CLIENT_RANDOM}
         */
        void add(String label, byte[] secret) {
            String line = label + ' ' + random + ' ' + HexFormat.of().formatHex(secret) + '\n';
            log.append(line.getBytes(StandardCharsets.US_ASCII));
        }
    }

    private void append(byte[] line) {
        lock.lock();
        try {
            out.write(line);
            hasFailed = false;
        } catch (IOException e) {
            if (!hasFailed) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "keylog_file cannot be written ({0}): sessions from now on cannot be"
                                + " decrypted with it. The traffic goes on.",
                        e.getMessage());
            }
            hasFailed = true;
        } finally {
            lock.unlock();
        }
    }
}
