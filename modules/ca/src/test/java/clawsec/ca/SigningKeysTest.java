package clawsec.ca;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Roots that load, but whose leaves no client would take. */
class SigningKeysTest {
    @TempDir private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"secp256r1", "secp384r1", "secp521r1"})
    void curvesOfTls_areFit(String curve) throws Exception {
        SigningKeys.check(RootFiles.newPair("EC", curve).getPublic());
    }

    @ParameterizedTest
    @ValueSource(strings = {"secp256k1", "brainpoolP256r1", "secp224r1"})
    void otherCurves_areRefused(String curve) throws Exception {
        PublicKey key = certificate("ec_paramgen_curve:" + curve, "EC").getPublicKey();
        assertEquals(
                "has an EC key on another curve than P-256, P-384 and P-521, and clients refuse"
                        + " what it signs",
                refusal(key));
    }

    @Test
    void edwardsKey_isRefused() {
        KeyPair pair = RootFiles.newPair("Ed25519", "255");
        assertEquals(
                "has a EdDSA key, and only RSA and EC keys can sign leaves",
                refusal(pair.getPublic()));
    }

    @Test
    void rsa_ofTheLeastLength_isFit_andOneBitLessIsNot() throws Exception {
        SigningKeys.check(RootFiles.RSA.getPublic());
        assertEquals(SigningKeys.MIN_RSA_BITS, 2048);
        assertEquals(
                "has an RSA key of 2047 bits, and clients refuse what one of less than 2048 bits"
                        + " signs",
                refusal(RootFiles.newPair("RSA", "2047").getPublic()));
    }

    @Test
    void root_withSuchAKey_isNotOpened() throws Exception {
        KeyPair pair = RootFiles.newPair("RSA", "1024");
        Instant now = Instant.parse("2026-03-01T12:00:00Z");
        new RootFiles(folder)
                .key(RootFiles.pkcs8(pair))
                .certificate(RootFiles.certificate(pair, now));
        CaException refused =
                assertThrows(CaException.class, () -> CertificateAuthority.open(folder, () -> now));
        String start = folder.resolve("ca.crt") + " has an RSA key of 1024 bits, and clients";
        assertEquals(start, String.valueOf(refused.getMessage()).substring(0, start.length()));
    }

    private static String refusal(PublicKey key) {
        return String.valueOf(
                assertThrows(UnfitException.class, () -> SigningKeys.check(key)).getMessage());
    }

    /** A certificate that openssl makes for a new key. */
    private X509Certificate certificate(String options, String algorithm) throws Exception {
        String script =
                "openssl genpkey -algorithm %s -pkeyopt %s -out k 2>&1 && openssl req -x509 -key k"
                        + " -subj /CN=r -days 30 -out c 2>&1";
        try {
            Process shell =
                    new ProcessBuilder("sh", "-c", script.formatted(algorithm, options))
                            .directory(folder.toFile())
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start();
            boolean isMade = shell.waitFor(30, TimeUnit.SECONDS) && shell.exitValue() == 0;
            assumeTrue(isMade, "openssl is not on this machine, or does not know " + options);
        } catch (IOException e) {
            assumeTrue(false, "no shell on this machine");
        }
        String text = Files.readString(folder.resolve("c"));
        return RootPair.parseCertificate(text);
    }
}
