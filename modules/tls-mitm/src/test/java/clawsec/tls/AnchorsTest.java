package clawsec.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import clawsec.testkit.TestCa;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The upstream CA file: what is read from it, and what is said where it cannot be. */
class AnchorsTest {
    private static final String FORM =
            "upstream_ca_file FILE holds no certificate in PEM form (a block that starts with"
                    + " '-----BEGIN CERTIFICATE-----'). A DER file is converted by: openssl x509"
                    + " -inform der -in OLD -out NEW";

    @TempDir private Path folder;

    @Test
    void severalCertificates_withTextBetween_areAllTrusted() throws Exception {
        TestCa first = TestCa.create();
        TestCa second = TestCa.create();
        Path file = folder.resolve("anchors.pem");
        Files.writeString(
                file,
                "# company\n" + first.pem() + "\nnext\n" + second.pem().replace("\n", "\r\n"));
        List<X509Certificate> read = Anchors.readFile(file);
        assertEquals(List.of(first.certificate(), second.certificate()), read);
        X509Certificate[] trusted = Anchors.trusting(read).getAcceptedIssuers();
        assertTrue(Arrays.asList(trusted).containsAll(read));
        assertTrue(trusted.length > 50, "the system's own are trusted too");
    }

    @Test
    void missingFile_isNamed() {
        assertRefused("upstream_ca_file FILE cannot be read (java.nio.file.NoSuchFileException");
    }

    @Test
    void emptyAndDerFiles_sayWhatIsWanted() throws Exception {
        Files.writeString(folder.resolve("anchors.pem"), "");
        assertRefused(FORM);
        Files.write(folder.resolve("anchors.pem"), TestCa.create().certificate().getEncoded());
        assertRefused(FORM);
    }

    @Test
    void brokenCertificate_isCounted() throws Exception {
        String good = TestCa.create().pem();
        String bad = good.substring(0, 200) + good.substring(300);
        Files.writeString(folder.resolve("anchors.pem"), good + bad);
        assertRefused("upstream_ca_file FILE: certificate 2 of 2 is broken (");
        Files.writeString(folder.resolve("anchors.pem"), good.substring(0, 200));
        assertRefused("upstream_ca_file FILE: certificate 1 of 1 is broken (");
    }

    private void assertRefused(String start) {
        Path file = folder.resolve("anchors.pem");
        TlsConfig config = new TlsConfig(Optional.of(file), Optional.empty());
        TlsConfigException refused =
                assertThrows(TlsConfigException.class, () -> OriginSide.of(config));
        String message = String.valueOf(refused.getMessage()).replace(file.toString(), "FILE");
        assertTrue(message.startsWith(start), message);
    }
}
