package clawsec.ca;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The folder with {@code ca.key} and {@code ca.crt}. Both appear whole or not at all, the key
 * first; the pair is made under the lock of {@code ca.lock}, which stays behind empty. Confined to
 * one opening.
 */
final class RootFolder {
    static final String KEY_FILE = "ca.key";
    static final String CERTIFICATE_FILE = "ca.crt";
    static final String LOCK_FILE = "ca.lock";

    /** Past this a file is no PEM key or certificate. */
    static final int MAX_FILE_BYTES = 1 << 20;

    /** A file lock holds between processes only; this one holds between threads. */
    private static final ReentrantLock IN_PROCESS = new ReentrantLock();

    private final Path folder;
    private final Path keyFile;
    private final Path certificateFile;
    private final List<String> notes = new ArrayList<>();

    RootFolder(Path folder) {
        this.folder = folder;
        this.keyFile = folder.resolve(KEY_FILE);
        this.certificateFile = folder.resolve(CERTIFICATE_FILE);
    }

    List<String> notes() {
        return notes;
    }

    RootPair loadOrMake(Instant now) throws IOException, CaException {
        if (exists(keyFile) && exists(certificateFile)) {
            return load(now);
        }
        Permissions.makeFolder(folder);
        IN_PROCESS.lock();
        try (FileChannel channel = openLockFile();
                FileLock held = channel.lock()) {
            return loadOrMakeAlone(now);
        } finally {
            IN_PROCESS.unlock();
        }
    }

    private RootPair loadOrMakeAlone(Instant now) throws IOException, CaException {
        boolean hasKey = exists(keyFile);
        boolean hasCertificate = exists(certificateFile);
        if (hasKey && hasCertificate) {
            return load(now);
        }
        if (hasKey || hasCertificate) {
            Path there = hasKey ? keyFile : certificateFile;
            Path missing = hasKey ? certificateFile : keyFile;
            throw new CaException(
                    missing
                            + " is missing beside "
                            + there
                            + ". Put it back; or, if no client trusts this root, remove "
                            + there
                            + " and a new pair is made at the next start.");
        }
        Permissions.checkFolder(folder);
        KeyPair keys = CertificateMaker.newKeyPair();
        X509Certificate certificate = CertificateMaker.root(keys, now);
        String keyText = Pem.format(PrivateKeys.PKCS8, TraditionalKeys.encode(keys));
        String certificateText =
                Pem.format(RootPair.CERTIFICATE, CertificateAuthority.der(certificate));
        DurableFile.write(folder, KEY_FILE, keyText, Permissions.OWNER_ONLY);
        DurableFile.write(folder, CERTIFICATE_FILE, certificateText, Permissions.READABLE);
        notes.add("made a new root certificate: " + certificateFile);
        Permissions.noteFolder(folder).ifPresent(notes::add);
        return new RootPair(keys.getPrivate(), certificate);
    }

    private RootPair load(Instant now) throws CaException {
        Permissions.checkFolder(folder);
        Permissions.noteFolder(folder).ifPresent(notes::add);
        Permissions.tightenKey(keyFile).ifPresent(notes::add);
        Permissions.checkOwner(certificateFile);
        X509Certificate certificate;
        try {
            certificate = RootPair.parseCertificate(read(certificateFile));
            RootPair.check(certificate, now);
        } catch (UnfitException e) {
            throw unusable(certificateFile, e);
        }
        RootPair pair;
        try {
            pair = RootPair.parse(read(keyFile), certificate);
        } catch (UnfitException e) {
            throw unusable(keyFile, e);
        }
        notes.addAll(pair.notes(now));
        return pair;
    }

    private CaException unusable(Path file, UnfitException why) {
        return new CaException(file + " " + why.getMessage() + ". " + remedy(), why);
    }

    private String remedy() {
        return "Put the right files back; or move both "
                + keyFile
                + " and "
                + certificateFile
                + " away, and a new pair is made at the next start, which clients must trust anew.";
    }

    private static String read(Path file) throws CaException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MAX_FILE_BYTES + 1);
            if (bytes.length > MAX_FILE_BYTES) {
                throw new CaException(
                        file
                                + " is longer than the "
                                + MAX_FILE_BYTES
                                + " bytes a key or certificate can have. Put the right file back.");
            }
            // ISO 8859-1: a stray byte in the text before the block is not this reader's concern.
            return new String(bytes, StandardCharsets.ISO_8859_1);
        } catch (AccessDeniedException e) {
            throw new CaException(
                    file
                            + " cannot be read by "
                            + Permissions.user()
                            + " ("
                            + Permissions.describe(file)
                            + "). Start as its owner, or give it to this user with chown.",
                    e);
        } catch (IOException e) {
            throw new CaException(file + " cannot be read: " + e + ". Put the right file back.", e);
        }
    }

    private FileChannel openLockFile() throws IOException {
        Path lockFile = folder.resolve(LOCK_FILE);
        return FileChannel.open(
                lockFile,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                Permissions.asAttribute(Permissions.OWNER_ONLY));
    }

    /**
     * Also true for what is there but cannot be looked at: it must not be taken as absent. No more
     * must a link that leads nowhere, such as one into a volume that is not mounted yet.
     */
    private static boolean exists(Path file) throws IOException, CaException {
        try {
            Files.readAttributes(file, BasicFileAttributes.class);
            return true;
        } catch (NoSuchFileException e) {
            if (!Files.isSymbolicLink(file)) {
                return false;
            }
            throw new CaException(
                    file
                            + " is a link to "
                            + Files.readSymbolicLink(file)
                            + ", which is not there. Mount or put back what it leads to; or, if no"
                            + " client trusts this root, remove the link.",
                    e);
        }
    }
}
