package clawsec.image;

import clawsec.testkit.HttpScript;
import clawsec.testkit.RawClient;
import clawsec.testkit.ScriptedOrigin;
import clawsec.testkit.TestCa;
import clawsec.testkit.WireMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;

/**
 * Uses an image once as its users will, so that Java records which classes and methods to keep
 * ready: {@code lib/daemon.aot} for {@code start}, {@code lib/command.aot} for everything else.
 */
public final class Training {
    private static final String JAVA_OPTIONS = "CLAWSEC_JAVA_OPTS";
    private static final String SECRET = "sk-" + "ant-api03-made-up-0123456789abcdef";

    private Training() {}

    /** Trains the image in the folder that the first argument names. */
    public static void main(String[] arguments) throws Exception {
        Image image = Image.at(Path.of(arguments[0]));
        Path logFolder = Files.createTempDirectory("clawsec-training");
        Path daemonCache = logFolder.resolve("daemon.aot");
        Path commandCache = logFolder.resolve("command.aot");
        TestCa ca = TestCa.create();
        Map<String, String> environment =
                Map.of(
                        JAVA_OPTIONS,
                        "-XX:AOTCacheOutput=" + daemonCache,
                        "CLAWSEC_UPSTREAM_CA_FILE",
                        ca.writePem(logFolder).toString());
        // The run that is recorded finds a certificate authority, as all starts but the first do.
        try (Daemon first = Daemon.start(image, logFolder, Map.of())) {
            expect(first.run("stop"), 0);
        }
        try (Daemon daemon = Daemon.start(image, logFolder, environment)) {
            exchange(daemon, ca);
            expect(status(image, logFolder, "-XX:AOTCacheOutput=" + commandCache), 0);
            expect(daemon.run("threats"), 0);
            expect(daemon.run("stop"), 0);
            daemon.awaitEnd();
        }
        keep(daemonCache, image);
        keep(commandCache, image);
    }

    /** Requests with a secret, in clear and intercepted. */
    private static void exchange(Daemon daemon, TestCa ca) throws Exception {
        SSLContext secure = ca.serverContext("localhost");
        try (ScriptedOrigin plain = ScriptedOrigin.open(HttpScript.echo());
                ScriptedOrigin tls = ScriptedOrigin.openTls(secure, HttpScript.echo())) {
            try (RawClient client = RawClient.connect(daemon.port())) {
                post(client, "http://" + plain.authority() + "/plain", plain.authority());
            }
            String authority = "localhost:" + tls.port();
            try (RawClient client =
                    RawClient.connectTls(daemon.port(), authority, daemon.trust())) {
                post(client, "/secure", authority);
            }
        }
    }

    private static Result status(Image image, Path logFolder, String javaOptions)
            throws IOException, InterruptedException {
        String launcher = image.launcher().toString();
        return Image.run(
                List.of(launcher, "status", "--log-dir", logFolder.toString()),
                Map.of(JAVA_OPTIONS, javaOptions));
    }

    private static void post(RawClient client, String target, String host) throws IOException {
        for (int i = 0; i < 20; i++) {
            String body = "{\"prompt\": \"" + i + "\", \"key\": \"" + SECRET + "\"}";
            client.send(
                    "POST "
                            + target
                            + " HTTP/1.1\r\nHost: "
                            + host
                            + "\r\n"
                            + "Content-Type: application/json\r\nContent-Length: "
                            + body.length()
                            + "\r\n\r\n"
                            + body);
            WireMessage response = client.readResponse();
            if (response.status() != 200 || !response.text().equals(body)) {
                throw new IllegalStateException("unexpected answer: " + response);
            }
        }
    }

    private static void expect(Result result, int status) {
        if (result.status() != status) {
            throw new IllegalStateException("expected exit status " + status + ", was " + result);
        }
    }

    /** Caches are made outside the image, as Java cannot make one in a folder with a blank. */
    private static void keep(Path cache, Image image) throws IOException {
        Path kept = image.folder().resolve("lib").resolve(String.valueOf(cache.getFileName()));
        Files.move(cache, kept, StandardCopyOption.REPLACE_EXISTING);
    }
}
