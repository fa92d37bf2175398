package clawsec.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import clawsec.testkit.HttpScript;
import clawsec.testkit.ScriptedOrigin;
import clawsec.testkit.TestCa;
import clawsec.testkit.WireMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's first detection, typed as it stands but for the port, the folder and the image. */
class ReadmeTest {
    private static final Path ROOT =
            Path.of(Objects.requireNonNull(System.getProperty("clawsec.root"), "clawsec.root"));

    @TempDir private Path folder;
    private Image image;

    @BeforeEach
    void needsImageAndCurl() {
        image = Environment.image();
        Environment.requireTool("curl");
    }

    @Test
    void firstDetection_withANetwork_showsTheKeyMasked() throws Exception {
        TestCa ca = TestCa.create();
        HttpScript script = HttpScript.text("<h1>Example Domain</h1>\n");
        try (ScriptedOrigin origin =
                        ScriptedOrigin.openTls(ca.serverContext("example.com"), script);
                ScriptedOrigin network =
                        ScriptedOrigin.open((in, out, socket) -> tunnel(in, out, origin.port()))) {
            Map<String, String> environment = new HashMap<>();
            environment.put("CLAWSEC_UPSTREAM_CA_FILE", ca.writePem(folder).toString());
            environment.put("CLAWSEC_UPSTREAM_PROXY", "http://" + network.authority());
            Result typed = typeFirstDetection(environment);
            assertTrue(typed.out().contains("Example Domain"), typed::toString);
            assertTrue(script.awaitRequest().field("authorization").isPresent());
            assertShowsDetection(typed);
        }
    }

    @Test
    void firstDetection_withoutANetwork_isMadeAllTheSame() throws Exception {
        try (ScriptedOrigin network = ScriptedOrigin.open((in, out, socket) -> socket.close())) {
            Map<String, String> environment =
                    Map.of("CLAWSEC_UPSTREAM_PROXY", "http://" + network.authority());
            assertShowsDetection(typeFirstDetection(environment));
        }
    }

    private static void assertShowsDetection(Result typed) {
        assertEquals(0, typed.status(), typed::toString);
        List<String> lines = typed.out().lines().filter(line -> line.startsWith("{")).toList();
        assertEquals(1, lines.size(), typed::toString);
        assertTrue(lines.getFirst().contains("\"dest\":\"example.com:443\""), lines.getFirst());
        assertTrue(lines.getFirst().contains("Bearer sk-ant-made..."), lines.getFirst());
        assertTrue(typed.out().contains("running"), typed.out());
    }

    /** Runs the first shell block under the heading in a shell, while a daemon runs. */
    private Result typeFirstDetection(Map<String, String> environment) throws Exception {
        String readme = Files.readString(ROOT.resolve("README.md"));
        String section = readme.substring(readme.indexOf("## A first detection"));
        Matcher block = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL).matcher(section);
        assertTrue(block.find());
        try (Daemon daemon = Daemon.start(image, folder, environment)) {
            String typed =
                    block.group(1)
                            .replace("127.0.0.1:8888", "127.0.0.1:" + daemon.port())
                            .replace("/tmp/clawsec", folder.toString())
                            .replace("jlink/target/clawsec/bin/clawsec", "\"$CLAWSEC\"");
            Map<String, String> shell = new HashMap<>();
            shell.put("CLAWSEC", image.launcher().toString());
            shell.put("CLAWSEC_LOG_DIR", folder.toString());
            shell.put("no_proxy", "");
            shell.put("NO_PROXY", "");
            return Image.run(new ArrayList<>(List.of("sh", "-c", typed)), shell);
        }
    }

    /** The whole internet: whatever a CONNECT asks for, it is the one origin. */
    private static void tunnel(InputStream in, OutputStream out, int originPort)
            throws IOException {
        WireMessage.readRequestHead(in);
        out.write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        try (Socket origin = new Socket(InetAddress.getLoopbackAddress(), originPort)) {
            Thread back = Thread.ofVirtual().start(() -> pump(origin, out));
            in.transferTo(origin.getOutputStream());
            origin.shutdownOutput();
            back.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void pump(Socket origin, OutputStream out) {
        try {
            origin.getInputStream().transferTo(out);
            out.close();
        } catch (IOException e) {
            // One end is gone, and with it the tunnel.
        }
    }
}
