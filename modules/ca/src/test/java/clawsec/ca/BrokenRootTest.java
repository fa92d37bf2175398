package clawsec.ca;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A root that cannot be used stops the start with the file, the fault and the remedy. */
class BrokenRootTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final KeyPair PAIR = RootFiles.EC;
    private static final String REMEDY =
            ". Put the right files back; or move both FOLDER/ca.key and FOLDER/ca.crt away, and a"
                    + " new pair is made at the next start, which clients must trust anew.";

    @TempDir private Path folder;

    @Test
    void keyAlone_isNoPair() throws Exception {
        files().key(RootFiles.pkcs8(PAIR));
        assertRefused(
                "FOLDER/ca.crt is missing beside FOLDER/ca.key. Put it back; or, if no client"
                        + " trusts this root, remove FOLDER/ca.key and a new pair is made at the"
                        + " next start.");
    }

    @Test
    void certificateAlone_isNoPair() throws Exception {
        files().certificate(RootFiles.certificate(PAIR, NOW));
        assertRefused(
                "FOLDER/ca.key is missing beside FOLDER/ca.crt. Put it back; or, if no client"
                        + " trusts this root, remove FOLDER/ca.crt and a new pair is made at the"
                        + " next start.");
    }

    @Test
    void keyOfAnother_isNamed() throws Exception {
        KeyPair other = RootFiles.newPair("EC", "secp256r1");
        files().key(RootFiles.pkcs8(other)).certificate(RootFiles.certificate(PAIR, NOW));
        assertRefused("FOLDER/ca.key is not the key of the certificate beside it" + REMEDY);
    }

    @Test
    void keyOfAnotherWithItsPublicKey_isNamed() throws Exception {
        KeyPair other = RootFiles.newPair("EC", "secp256r1");
        files().key(Pem.format(PrivateKeys.PKCS8, TraditionalKeys.encode(other)))
                .certificate(RootFiles.certificate(PAIR, NOW));
        assertRefused("FOLDER/ca.key is not the key of the certificate beside it" + REMEDY);
    }

    @Test
    void rsaKeyOfAnother_isNamed() throws Exception {
        KeyPair other = RootFiles.newPair("RSA", "1024");
        files().key(RootFiles.traditional(other))
                .certificate(RootFiles.certificate(RootFiles.RSA, NOW));
        assertRefused("FOLDER/ca.key is not the key of the certificate beside it" + REMEDY);
    }

    @Test
    void keyOfAnotherKind_isNamed() throws Exception {
        files().key(RootFiles.traditional(RootFiles.RSA))
                .certificate(RootFiles.certificate(PAIR, NOW));
        assertRefused(
                "FOLDER/ca.key holds no readable EC key, which the certificate asks for" + REMEDY);
    }

    @Test
    void encryptedKeys_nameTheCommandThatOpensThem() throws Exception {
        String words =
                "FOLDER/ca.key holds a key encrypted with a passphrase; decrypt it with: openssl"
                        + " pkey -in OLD -out NEW";
        files().certificate(RootFiles.certificate(PAIR, NOW));
        files().key(Pem.format("ENCRYPTED PRIVATE KEY", new byte[] {1, 2, 3}));
        assertRefused(words + REMEDY);
        files().key(
                        RootFiles.traditional(RootFiles.RSA)
                                .replaceFirst(
                                        "KEY-----\n",
                                        "KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES,00\n\n"));
        assertRefused(words + REMEDY);
    }

    @Test
    void expired_givesTheDay() throws Exception {
        Instant made = NOW.minus(CertificateMaker.ROOT_LIFE);
        files().key(RootFiles.pkcs8(PAIR)).certificate(RootFiles.certificate(PAIR, made));
        assertRefused("FOLDER/ca.crt expired on 2026-02-28" + REMEDY);
    }

    @Test
    void notYetValid_givesBothDays() throws Exception {
        Instant made = NOW.plus(Duration.ofDays(10));
        files().key(RootFiles.pkcs8(PAIR)).certificate(RootFiles.certificate(PAIR, made));
        assertRefused(
                "FOLDER/ca.crt is valid only from 2026-03-10, and this machine's clock says"
                        + " 2026-03-01"
                        + REMEDY);
    }

    @Test
    void leafInsteadOfRoot_isNoAuthority() throws Exception {
        var root = CertificateMaker.root(PAIR, NOW);
        var name = HostName.parse("self.example");
        var leaf = CertificateMaker.leaf(name, PAIR.getPublic(), root, PAIR.getPrivate(), NOW);
        files().key(RootFiles.pkcs8(PAIR)).certificate(RootFiles.pem(leaf));
        assertRefused(
                "FOLDER/ca.crt is not a certificate authority's, so clients refuse what it signs"
                        + REMEDY);
    }

    @Test
    void garbage_isNamedForEachFile() throws Exception {
        files().key("hello").certificate("hello");
        assertRefused(
                "FOLDER/ca.crt holds no certificate in PEM form (a block that starts with"
                        + " '-----BEGIN CERTIFICATE-----')"
                        + REMEDY);
        files().certificate(RootFiles.certificate(PAIR, NOW));
        assertRefused(
                "FOLDER/ca.key holds no private key in PEM form (a block that starts with"
                        + " '-----BEGIN "
                        + "PRIVATE KEY-----', or RSA or EC before PRIVATE)"
                        + REMEDY);
    }

    @Test
    void brokenBlocks_areNamed() throws Exception {
        files().key(RootFiles.pkcs8(PAIR));
        files().certificate(Pem.format("CERTIFICATE", new byte[] {0x30, 1}));
        assertRefused("FOLDER/ca.crt holds a broken certificate" + REMEDY);
        files().certificate("-----BEGIN CERTIFICATE-----\n!!!\n-----END CERTIFICATE-----\n");
        assertRefused(
                "FOLDER/ca.crt has a block '-----BEGIN CERTIFICATE-----' that is not base64"
                        + REMEDY);
        files().certificate("-----BEGIN CERTIFICATE-----\nMIIB");
        assertRefused(
                "FOLDER/ca.crt has a block '-----BEGIN CERTIFICATE-----' without end" + REMEDY);
        files().certificate(RootFiles.certificate(PAIR, NOW));
        files().key(Pem.format("RSA PRIVATE KEY", new byte[] {4, 0}));
        assertRefused("FOLDER/ca.key holds a broken RSA key (PKCS#1)" + REMEDY);
        files().key(Pem.format("EC PRIVATE KEY", new byte[] {0x30, 0}));
        assertRefused("FOLDER/ca.key holds a broken EC key (SEC1)" + REMEDY);
        files().key(Pem.format("PRIVATE KEY", new byte[] {0x30, 0}));
        assertRefused(
                "FOLDER/ca.key holds no readable EC key, which the certificate asks for" + REMEDY);
    }

    @Test
    void fileLength_isBounded() throws Exception {
        String certificate = RootFiles.certificate(PAIR, NOW);
        String padding = " ".repeat(RootFolder.MAX_FILE_BYTES - certificate.length());
        files().key(RootFiles.pkcs8(PAIR)).certificate(padding + certificate);
        CertificateAuthority.open(folder, InstantSource.fixed(NOW));
        files().certificate(" " + padding + certificate);
        assertRefused(
                "FOLDER/ca.crt is longer than the 1048576 bytes a key or certificate can have. Put"
                        + " the right file back.");
    }

    @Test
    void folderInPlaceOfKey_isNoReasonToMakeOne() throws Exception {
        Files.createDirectory(folder.resolve("ca.key"));
        files().certificate(RootFiles.certificate(PAIR, NOW));
        String message = refusal();
        assertTrue(message.startsWith("FOLDER/ca.key cannot be read: "), message);
    }

    @Test
    void linksThatLeadNowhere_areNoReasonToMakeOne() throws Exception {
        Path key = folder.resolve("ca.key");
        Path certificate = folder.resolve("ca.crt");
        Files.createSymbolicLink(key, folder.resolve("volume/ca.key"));
        String words =
                " is a link to FOLDER/volume/ca.key, which is not there. Mount or put back what it"
                        + " leads to; or, if no client trusts this root, remove the link.";
        assertRefused("FOLDER/ca.key" + words);
        Files.createSymbolicLink(certificate, folder.resolve("volume/ca.crt"));
        assertRefused("FOLDER/ca.key" + words);
        Files.delete(key);
        assertRefused("FOLDER/ca.crt" + words.replace("ca.key", "ca.crt"));
        assertTrue(Files.isSymbolicLink(certificate));
    }

    @Test
    void unreadableKey_namesOwnerAndMode() throws Exception {
        files().certificate(RootFiles.certificate(PAIR, NOW));
        files().write("ca.key", RootFiles.pkcs8(PAIR), "-w-------");
        assumeFalse(Files.isReadable(folder.resolve("ca.key")), "this user may read everything");
        String message = refusal();
        assertTrue(message.startsWith("FOLDER/ca.key cannot be read by "), message);
        assertTrue(message.contains("-w-------"), message);
    }

    @Test
    void folderThatEveryoneMayWrite_isRefusedUnlessSticky() throws Exception {
        CertificateAuthority.open(folder, InstantSource.fixed(NOW));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
        String message = refusal();
        assertTrue(
                message.startsWith("FOLDER can be written by every user of this machine ("),
                message);
        assertTrue(message.endsWith("Run: chmod go-w FOLDER"), message);
        Files.setAttribute(folder, "unix:mode", 01777);
        CertificateAuthority.open(folder, InstantSource.fixed(NOW));
    }

    @Test
    void folderOfAnotherUser_isRefused() throws Exception {
        CertificateAuthority.open(folder, InstantSource.fixed(NOW));
        try {
            Files.setAttribute(folder, "unix:uid", 65_534);
        } catch (java.io.IOException e) {
            assumeFalse(true, "this user may give nothing away");
        }
        String message = refusal();
        assertTrue(message.startsWith("FOLDER belongs to "), message);
        assertTrue(message.endsWith("Choose another log_dir, or remove it."), message);
    }

    private RootFiles files() {
        return new RootFiles(folder);
    }

    private void assertRefused(String expected) throws Exception {
        assertEquals(expected, refusal());
    }

    /** The message, with the folder's path replaced; both files must be as they were. */
    private String refusal() throws Exception {
        boolean isReadable = !Files.isDirectory(folder.resolve("ca.key"));
        String before = isReadable ? files().contents() : "";
        CaException refused =
                assertThrows(
                        CaException.class,
                        () -> CertificateAuthority.open(folder, InstantSource.fixed(NOW)));
        assertEquals(before, isReadable ? files().contents() : "");
        return String.valueOf(refused.getMessage()).replace(folder.toString(), "FOLDER");
    }
}
