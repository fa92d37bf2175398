package clawsec.image;

import clawsec.testkit.TestCa;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;

/**
 * A {@code clawsec start} on free ports, with a folder of its own. Closing it ends the process
 * whatever its state. Confined to one thread.
 */
public final class Daemon implements AutoCloseable {
    private static final Duration DEADLINE = Duration.ofSeconds(30);

    private final Image image;
    private final Path logFolder;
    private final int port;
    private final int gatewayPort;
    private final Process process;
    private final Duration startTime;

    private Daemon(
            Image image,
            Path logFolder,
            int port,
            int gatewayPort,
            Process process,
            Duration startTime) {
        this.image = image;
        this.logFolder = logFolder;
        this.port = port;
        this.gatewayPort = gatewayPort;
        this.process = process;
        this.startTime = startTime;
    }

    /**
     * Starts the proxy and waits until it listens.
     *
     * @param logFolder where it keeps its files; its output goes to {@code daemon.out} and {@code
     *     daemon.err} in it
     * @param environment further variables, such as {@code CLAWSEC_DEDUP_WINDOW_SECS}
     * @throws IllegalStateException with its output, when it ends instead or takes too long
     */
    public static Daemon start(Image image, Path logFolder, Map<String, String> environment)
            throws IOException, InterruptedException {
        int port = freePort();
        int gatewayPort = freePort();
        Files.createDirectories(logFolder);
        List<String> command = new ArrayList<>(List.of(image.launcher().toString(), "start"));
        command.addAll(List.of("--port", String.valueOf(port), "--log-dir", logFolder.toString()));
        Path out = logFolder.resolve("daemon.out");
        Path err = logFolder.resolve("daemon.err");
        ProcessBuilder builder = Image.builder(command, environment, out, err);
        builder.environment().put("CLAWSEC_GATEWAY_LOCAL_PORT", String.valueOf(gatewayPort));
        long begin = System.nanoTime();
        Process process = builder.start();
        while (!isListening(port)) {
            Duration elapsed = Duration.ofNanos(System.nanoTime() - begin);
            boolean hasEnded = process.waitFor(2, TimeUnit.MILLISECONDS);
            if (hasEnded || elapsed.compareTo(DEADLINE) > 0) {
                process.destroyForcibly();
                String fate = hasEnded ? "ended with " + process.exitValue() : "does not listen";
                throw new IllegalStateException("daemon " + fate + ": " + Image.text(out, err));
            }
        }
        Duration startTime = Duration.ofNanos(System.nanoTime() - begin);
        return new Daemon(image, logFolder, port, gatewayPort, process, startTime);
    }

    public int port() {
        return port;
    }

    public int gatewayPort() {
        return gatewayPort;
    }

    public Path logFolder() {
        return logFolder;
    }

    public Process process() {
        return process;
    }

    /** From the start of the process until its port accepted a connection. */
    public Duration startTime() {
        return startTime;
    }

    /** Runs another {@code clawsec} command on the same folder. */
    public Result run(String command, String... arguments)
            throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of(command));
        all.addAll(List.of("--log-dir", logFolder.toString()));
        all.addAll(List.of(arguments));
        return image.run(all.toArray(String[]::new));
    }

    /** Whether its port accepts a connection now. */
    public boolean isListening() throws IOException {
        return isListening(port);
    }

    /** A client's side that trusts this daemon's root certificate and nobody else. */
    public SSLContext trust() throws IOException, GeneralSecurityException {
        try (InputStream in = Files.newInputStream(logFolder.resolve("ca.crt"))) {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            return TestCa.trusting((X509Certificate) factory.generateCertificate(in));
        }
    }

    /** Waits for the end of the process and returns its exit status. */
    public int awaitEnd() throws InterruptedException, IOException {
        if (!process.waitFor(DEADLINE.toSeconds(), TimeUnit.SECONDS)) {
            throw new IllegalStateException("the daemon has not ended: " + output());
        }
        return process.exitValue();
    }

    /** Its standard output and standard error so far. */
    public String output() throws IOException {
        return Image.text(logFolder.resolve("daemon.out"), logFolder.resolve("daemon.err"));
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }

    private static boolean isListening(int port) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (ConnectException e) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
