package clawsec.ca;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Roots that other tools made are loaded, and what they sign verifies. */
class ExistingRootTest {
    private static final InstantSource CLOCK = InstantSource.system();

    @TempDir private Path folder;

    @Test
    void pkcs1Rsa_asOtherProxiesWriteIt_signsLeaves() throws Exception {
        assertSigns(RootFiles.traditional(RootFiles.RSA), RootFiles.RSA);
    }

    @Test
    void pkcs8Rsa_signsLeaves() throws Exception {
        assertSigns(RootFiles.pkcs8(RootFiles.RSA), RootFiles.RSA);
    }

    @Test
    void pkcs8Ec_withoutPublicKeyInside_signsLeaves() throws Exception {
        assertSigns(RootFiles.pkcs8(RootFiles.EC), RootFiles.EC);
    }

    @Test
    void sec1Ec_afterParameters_signsLeaves() throws Exception {
        String key = RootFiles.parameters(RootFiles.EC) + RootFiles.traditional(RootFiles.EC);
        assertSigns(key, RootFiles.EC);
    }

    @Test
    void p384_signsLeaves() throws Exception {
        KeyPair pair = RootFiles.newPair("EC", "secp384r1");
        assertSigns(RootFiles.pkcs8(pair), pair);
    }

    @Test
    void oneFileForBoth_withTextAroundTheBlocks_signsLeaves() throws Exception {
        KeyPair pair = RootFiles.EC;
        String both =
                "Certificate:\n    Data:\r\n  Version: 3 (0x2) \u00e9\n"
                        + RootFiles.certificate(pair, CLOCK.instant())
                        + "Bag Attributes\n  friendlyName: root\n"
                        + RootFiles.pkcs8(pair);
        new RootFiles(folder).key(both).certificate(both.replace("\n", "\r\n"));
        assertSigns(CertificateAuthority.open(folder, CLOCK));
    }

    @Test
    void openssl_traditionalAndNewKeys_signLeaves() throws Exception {
        for (List<String> newKey :
                List.of(
                        List.of("openssl", "genrsa", "-traditional", "-out", "ca.key", "2048"),
                        List.of("openssl", "genrsa", "-out", "ca.key", "2048"),
                        List.of(
                                "openssl",
                                "ecparam",
                                "-name",
                                "prime256v1",
                                "-genkey",
                                "-out",
                                "ca.key"),
                        List.of(
                                "openssl",
                                "genpkey",
                                "-algorithm",
                                "EC",
                                "-pkeyopt",
                                "ec_paramgen_curve:P-256",
                                "-out",
                                "ca.key"))) {
            assumeTrue(run(newKey), "openssl is not on this machine, or too old");
            assertTrue(
                    run(
                            List.of(
                                    "openssl",
                                    "req",
                                    "-x509",
                                    "-key",
                                    "ca.key",
                                    "-subj",
                                    "/CN=by openssl",
                                    "-days",
                                    "30",
                                    "-text",
                                    "-out",
                                    "ca.crt")));
            assertSigns(CertificateAuthority.open(folder, CLOCK));
        }
    }

    @Test
    void endingSoon_isNoted() throws Exception {
        Instant made = CLOCK.instant().minus(CertificateMaker.ROOT_LIFE).plus(Duration.ofDays(20));
        new RootFiles(folder)
                .key(RootFiles.pkcs8(RootFiles.EC))
                .certificate(RootFiles.certificate(RootFiles.EC, made));
        List<String> notes = CertificateAuthority.open(folder, CLOCK).notes();
        assertEquals(1, notes.size());
        assertTrue(notes.getFirst().startsWith("the root certificate expires on 20"));
    }

    @Test
    void openKeyFile_isClosedAndNoted() throws Exception {
        CertificateAuthority.open(folder, CLOCK);
        Path key = folder.resolve("ca.key");
        new RootFiles(folder).write("ca.key", Files.readString(key), "rw-r--r--");
        List<String> notes = CertificateAuthority.open(folder, CLOCK).notes();
        assertEquals(1, notes.size());
        assertTrue(notes.getFirst().contains("ca.key was open to others"));
        assertTrue(notes.getFirst().contains("rw-r--r--"));
        assertEquals("rw-------", RootFiles.mode(key));
    }

    @Test
    void openFolder_isNotedAndLeft() throws Exception {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        for (int start = 0; start < 2; start++) {
            String note = CertificateAuthority.open(folder, CLOCK).notes().getLast();
            assertTrue(note.contains("open to other users"), note);
            assertTrue(note.contains("chmod 700 " + folder), note);
        }
        assertEquals("rwxr-xr-x", RootFiles.mode(folder));
        assertEquals("rw-------", RootFiles.mode(folder.resolve("ca.key")));
    }

    private void assertSigns(String keyText, KeyPair pair) throws Exception {
        new RootFiles(folder)
                .key(keyText)
                .certificate(RootFiles.certificate(pair, CLOCK.instant()));
        assertSigns(CertificateAuthority.open(folder, CLOCK));
    }

    private static void assertSigns(CertificateAuthority authority) throws Exception {
        Leaf leaf = LeafStore.of(authority).leaf("self.example");
        X509Certificate certificate = leaf.chain().getFirst();
        certificate.verify(authority.certificate().getPublicKey());
        assertEquals(
                authority.certificate().getSubjectX500Principal(),
                certificate.getIssuerX500Principal());
        assertEquals("EC", leaf.key().getAlgorithm());
    }

    private boolean run(List<String> command) throws Exception {
        try {
            Process process =
                    new ProcessBuilder(command)
                            .directory(folder.toFile())
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start();
            return process.waitFor(30, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (java.io.IOException e) {
            return false;
        }
    }
}
