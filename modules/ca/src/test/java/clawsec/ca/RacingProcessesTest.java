package clawsec.ca;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1Object;
import org.bouncycastle.cert.X509CertificateHolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several that start at once in an empty folder end with one pair, whatever their umask. */
class RacingProcessesTest {
    @TempDir private Path temporary;

    @Test
    void threads_makeOnePair() throws Exception {
        Path folder = temporary.resolve("threads");
        CountDownLatch start = new CountDownLatch(1);
        Set<String> fingerprints = new HashSet<>();
        List<Future<CertificateAuthority>> opened = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 8; i++) {
                opened.add(
                        threads.submit(() -> {
                            start.await();
                            return CertificateAuthority.open(folder, InstantSource.system());
                        }));
            }
            start.countDown();
            for (Future<CertificateAuthority> authority : opened) {
                fingerprints.add(authority.get().fingerprint());
            }
        }
        assertEquals(1, fingerprints.size());
    }

    @Test
    void processes_makeOnePair_openToNobody() throws Exception {
        Path folder = temporary.resolve("parent/processes");
        List<Process> started = new ArrayList<>();
        for (String umask : List.of("0000", "0777", "0022")) {
            started.add(start(umask, folder));
        }
        Set<String> outputs = new HashSet<>();
        for (Process process : started) {
            String output =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            assertTrue(process.waitFor(60, TimeUnit.SECONDS));
            assertEquals(0, process.exitValue(), output);
            outputs.add(output.strip());
        }
        String fingerprint =
                CertificateAuthority.open(folder, InstantSource.system()).fingerprint();
        assertEquals(Set.of(fingerprint), outputs);
        assertEquals("rwx------", RootFiles.mode(folder));
        assertEquals("rw-------", RootFiles.mode(folder.resolve("ca.key")));
        assertEquals("rw-r--r--", RootFiles.mode(folder.resolve("ca.crt")));
        try (Stream<Path> files = Files.list(folder)) {
            Set<String> names =
                    files.map(file -> String.valueOf(file.getFileName()))
                            .collect(Collectors.toCollection(TreeSet::new));
            assertEquals(Set.of("ca.crt", "ca.key", "ca.lock"), names);
        }
    }

    private static Process start(String umask, Path folder) throws Exception {
        List<String> locations = new ArrayList<>();
        for (Class<?> type :
                List.of(
                        CertificateAuthority.class,
                        RacingProcessesTest.class,
                        ASN1Object.class,
                        X509CertificateHolder.class)) {
            locations.add(location(type));
        }
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String script = "umask " + umask + " && exec \"$0\" \"$@\"";
        return new ProcessBuilder(
                        "sh",
                        "-c",
                        script,
                        java,
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        String.join(":", locations),
                        OpenOnce.class.getName(),
                        folder.toString())
                .redirectErrorStream(true)
                .start();
    }

    private static String location(Class<?> type) throws Exception {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
    }
}
