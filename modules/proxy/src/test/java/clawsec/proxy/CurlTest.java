package clawsec.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import clawsec.testkit.HttpScript;
import clawsec.testkit.ScriptedOrigin;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The client that a newcomer types first. */
class CurlTest {
    @TempDir Path folder;

    private record Result(int status, String output) {}

    private Result curl(ProxyFixture proxy, String... arguments) throws Exception {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                "curl",
                                "-sS",
                                "--max-time",
                                "20",
                                "--noproxy",
                                "",
                                "--proxy",
                                "http://127.0.0.1:" + proxy.port()));
        command.addAll(List.of(arguments));
        Process process;
        try {
            process = new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException none) {
            Assumptions.abort("curl is not on this machine: " + none.getMessage());
            throw new IllegalStateException(none);
        }
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(20, TimeUnit.SECONDS), "curl hangs");
        return new Result(process.exitValue(), output);
    }

    private static ScriptedOrigin secure(ProxyFixture proxy) throws Exception {
        return ScriptedOrigin.openTls(
                proxy.originCa().serverContext("localhost"), HttpScript.echo());
    }

    @Test
    void https_withTheRootTrusted() throws Exception {
        try (ProxyFixture proxy = ProxyFixture.open(folder);
                ScriptedOrigin origin = secure(proxy)) {
            String url = "https://localhost:" + origin.port() + "/";
            String root = folder.resolve("ca/ca.crt").toString();
            Result result = curl(proxy, "--cacert", root, "-d", "hello", url, url);
            assertEquals(new Result(0, "hellohello"), result);
            assertEquals(1, proxy.count("tunnels_intercepted"));
            assertEquals("hello", proxy.inspector().seen(true).getFirst().contentText());
        }
    }

    @Test
    void https_withoutTheRoot_isNotedAsARefusedCertificate() throws Exception {
        try (ProxyFixture proxy = ProxyFixture.open(folder);
                ScriptedOrigin origin = secure(proxy)) {
            assertEquals(60, curl(proxy, "https://localhost:" + origin.port() + "/").status());
            proxy.awaitCount("certificates_refused", 1);
        }
    }

    @Test
    void largeUpload_waitsFor100_andComesBackWhole() throws Exception {
        Path file = Files.write(folder.resolve("upload"), new byte[3_000_000]);
        try (ProxyFixture proxy = ProxyFixture.open(folder);
                ScriptedOrigin origin = ScriptedOrigin.open(HttpScript.echo())) {
            String url = "http://" + origin.authority() + "/";
            for (String how : List.of("Expect: 100-continue", "Transfer-Encoding: chunked")) {
                Result result =
                        curl(
                                proxy,
                                "-H",
                                how,
                                "--expect100-timeout",
                                "0.1",
                                "-T",
                                file.toString(),
                                "-o",
                                folder.resolve("download").toString(),
                                url);
                assertEquals(new Result(0, ""), result);
                assertEquals(3_000_000, Files.size(folder.resolve("download")));
            }
        }
    }

    @Test
    void failure_isReadableOnTheTerminal() throws Exception {
        try (ProxyFixture proxy = ProxyFixture.open(folder)) {
            Result result = curl(proxy, "http://127.0.0.1:1/");
            assertEquals(0, result.status());
            assertEquals(
                    """
                    ClawSec Monitor could not pass this request on.

                    Nothing accepts connections at 127.0.0.1:1: the connection was refused.
                    What to do: Check that the server runs and that the port is right.
                    """,
                    result.output());
        }
    }

    @Test
    void http10_andHead() throws Exception {
        try (ProxyFixture proxy = ProxyFixture.open(folder);
                ScriptedOrigin origin = ScriptedOrigin.open(HttpScript.text("old"))) {
            String url = "http://" + origin.authority() + "/";
            assertEquals(new Result(0, "old"), curl(proxy, "--http1.0", url));
            assertTrue(curl(proxy, "--head", url).output().startsWith("HTTP/1.1 200 OK"));
        }
    }
}
