package clawsec.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * This proxy, as users get it: the linked image with its own launcher, detection on.
 *
 * @param image folder of the image
 */
record Clawsec(Path image) implements Peer {
    static final String NAME = "clawsec";

    private static final Duration LOG_LIMIT = Duration.ofSeconds(5);

    /** Made up; it looks like a key to the detector and to no one else. */
    private static final String SECRET = "sk-" + "ant-api03-" + "madeUpForTheMeasurement0123456789";

    private static final String CONFIGURATION =
            """
            {"proxy_port": %d, "log_dir": "%s", "upstream_ca_file": "%s",
             "enable_gateway_proxy": false, "enable_ssh_watcher": false}
            """;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean isSlowToWarm() {
        return true;
    }

    private Path launcher() {
        return image.resolve("bin/clawsec").toAbsolutePath();
    }

    @Override
    public Optional<String> missing(Workspace workspace) {
        return Files.isExecutable(launcher())
                ? Optional.empty()
                : Optional.of("no " + launcher() + "; make it: make image");
    }

    @Override
    public String version(Workspace workspace) throws IOException, InterruptedException {
        return workspace
                .run(List.of(launcher().toString(), "--version"), Versions.LIMIT)
                .firstLine();
    }

    @Override
    public Target start(Workspace workspace, Origin origin)
            throws IOException, InterruptedException {
        Path logs = workspace.folder(NAME).resolve("logs");
        int port = Workspace.freePort();
        String text = CONFIGURATION.formatted(port, logs, origin.ca().certificate());
        Path file = workspace.write(NAME + "/config.json", text);
        Service service =
                workspace.startService(
                        NAME, List.of(launcher().toString(), "start", "--config", file.toString()));
        service.awaitListening(port);
        Target target = new Target(this, service, port, logs.resolve("ca.crt"));
        requireDetection(workspace, origin, target, logs.resolve("threats.jsonl"));
        return target;
    }

    /** A proxy that does not look is not measured. */
    private static void requireDetection(
            Workspace workspace, Origin origin, Target target, Path threats)
            throws IOException, InterruptedException {
        Curl curl = new Curl(workspace);
        curl.fetch(
                target,
                origin.secureUrl(Origin.SMALL_PATH),
                List.of("-H", "Authorization: Bearer " + SECRET));
        long deadline = System.nanoTime() + LOG_LIMIT.toNanos();
        while (!Files.exists(threats) || !Files.readString(threats).contains("ai_api_key")) {
            if (System.nanoTime() > deadline) {
                throw new IOException("clawsec found no planted key: detection is not on");
            }
            Thread.sleep(Duration.ofMillis(20));
        }
    }
}
