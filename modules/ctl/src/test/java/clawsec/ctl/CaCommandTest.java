package clawsec.ctl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import clawsec.ca.CertificateAuthority;
import clawsec.ctl.Cli.Result;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CaCommandTest {
    @TempDir private Path folder;

    @Test
    void ca_beforeTheFirstStart_saysWhatMakesOne() {
        Result expected =
                new Result(
                        1,
                        "",
                        "clawsec: there is no "
                                + folder.resolve("ca.crt")
                                + " yet; clawsec start makes it\n");
        for (String word : List.of("path", "show", "export")) {
            assertEquals(expected, Cli.on(folder, "ca", word));
        }
    }

    @Test
    void ca_made_isShownAndExported() throws Exception {
        CertificateAuthority authority = CertificateAuthority.open(folder, InstantSource.system());
        assertEquals(
                new Result(0, folder.resolve("ca.crt") + "\n", ""), Cli.on(folder, "ca", "path"));
        String shown = Cli.on(folder, "ca", "show").out();
        assertTrue(shown.contains(authority.fingerprint()), shown);
        assertEquals(
                Files.readString(folder.resolve("ca.crt")), Cli.on(folder, "ca", "export").out());
        assertArrayEquals(authority.der(), exported("der"));
        assertArrayEquals(authority.pem(), exported("pem"));
    }

    @Test
    void ca_fileThatIsNoCertificate_isNamed() throws Exception {
        Files.writeString(folder.resolve("ca.crt"), "not a certificate");
        Result result = Cli.on(folder, "ca", "show");
        assertEquals(3, result.status());
        assertTrue(
                result.err()
                        .startsWith(
                                "clawsec: " + folder.resolve("ca.crt") + " holds no certificate"),
                result.err());
    }

    private byte[] exported(String format) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Main.run(
                List.of("ca", "export", "--format", format, "--log-dir", folder.toString()),
                Map.of(),
                InputStream.nullInputStream(),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(out, true, StandardCharsets.UTF_8));
        return out.toByteArray();
    }
}
