package clawsec.proxy;

import clawsec.testkit.RawClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/**
 * A server of another language, run as a process that says its port and then what it reads, a line
 * a request; it ends when its standard input does.
 */
final class ProcessEcho implements EchoOrigin {
    private static final String LAST = "/the-last-one";
    private static final long DEADLINE_SECONDS = 20;

    private final Process process;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final int port;

    private ProcessEcho(Process process) throws Exception {
        this.process = process;
        Thread.ofVirtual().start(() -> read(process));
        this.port = Integer.parseInt(next());
    }

    /**
     * Runs a script that lies beside this class; the test is skipped, visibly, where its
     * interpreter is not installed.
     */
    static ProcessEcho open(Path folder, String interpreter, String script) throws Exception {
        Path file = folder.resolve(script);
        try (InputStream in = ProcessEcho.class.getResourceAsStream(script)) {
            Files.write(file, in.readAllBytes());
        }
        try {
            return new ProcessEcho(
                    new ProcessBuilder(interpreter, file.toString())
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start());
        } catch (IOException none) {
            Assumptions.abort(interpreter + " is not on this machine: " + none.getMessage());
            throw none;
        }
    }

    @Override
    public String authority() {
        return "127.0.0.1:" + port;
    }

    /** Asks for one thing more, and takes all lines up to that. */
    @Override
    public List<Received> received() throws Exception {
        try (RawClient client = RawClient.connect(port)) {
            client.send("GET " + LAST + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
            client.readToEnd();
        }
        List<Received> all = new ArrayList<>();
        while (true) {
            String[] parts = next().split("\t", -1);
            if (parts[1].equals(LAST)) {
                return all;
            }
            byte[] content = HexFormat.of().parseHex(parts[3]);
            all.add(
                    new Received(
                            parts[0],
                            parts[1],
                            parts[2],
                            new String(content, StandardCharsets.ISO_8859_1)));
        }
    }

    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        process.destroy();
    }

    private String next() throws InterruptedException {
        String line = lines.poll(DEADLINE_SECONDS, TimeUnit.SECONDS);
        if (line == null) {
            throw new IllegalStateException("the origin says nothing for " + DEADLINE_SECONDS);
        }
        return line;
    }

    private void read(Process from) {
        try (BufferedReader reader = from.inputReader(StandardCharsets.ISO_8859_1)) {
            reader.lines().forEach(lines::add);
        } catch (IOException e) {
            lines.add(e.toString());
        }
    }
}
