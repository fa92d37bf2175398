package clawsec.ca;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificateAuthorityTest {
    @TempDir private Path temporary;

    @Test
    void open_emptyFolder_makesAPairThatLoadsAgain() throws Exception {
        Path folder = temporary.resolve("made/here");
        CertificateAuthority made = CertificateAuthority.open(folder, InstantSource.system());
        CertificateAuthority loaded = CertificateAuthority.open(folder, InstantSource.system());
        assertEquals(made.certificate(), loaded.certificate());
        assertEquals("rwx------", mode(folder));
        assertEquals("rw-------", mode(folder.resolve("ca.key")));
        assertArrayEquals(Files.readAllBytes(folder.resolve("ca.crt")), loaded.pem());
        assertTrue(made.notes().getFirst().startsWith("made a new root certificate"));
        assertTrue(loaded.notes().isEmpty());
    }

    @Test
    void root_extensions_areAsDesigned() throws Exception {
        X509Certificate root =
                CertificateAuthority.open(temporary, InstantSource.system()).certificate();
        assertEquals(0, root.getBasicConstraints());
        assertTrue(root.getKeyUsage()[5] && root.getKeyUsage()[6]);
        assertTrue(root.getCriticalExtensionOIDs().contains("2.5.29.19"));
        assertTrue(root.getCriticalExtensionOIDs().contains("2.5.29.15"));
        root.verify(root.getPublicKey());
    }

    private static String mode(Path path) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
