package clawsec.proxy;

import clawsec.testkit.RawClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/**
 * nginx, which passes on what it reads to an origin of the testkit that remembers it: the method,
 * target, Host and content as nginx understood them.
 */
final class NginxEcho implements EchoOrigin {
    private static final long DEADLINE_NANOS = 20_000_000_000L;

    private final ScriptedEcho behind;
    private final Process process;
    private final int port;

    private NginxEcho(ScriptedEcho behind, Process process, int port) {
        this.behind = behind;
        this.process = process;
        this.port = port;
    }

    /** The test is skipped, visibly, where nginx is not installed. */
    static NginxEcho open(Path folder) throws Exception {
        ScriptedEcho behind = ScriptedEcho.open();
        int port = freePort();
        Path settings = folder.resolve("nginx.conf");
        Files.writeString(settings, settings(folder, port, behind.authority()));
        Process process = start(folder, settings);
        NginxEcho nginx = new NginxEcho(behind, process, port);
        nginx.awaitListening();
        return nginx;
    }

    @Override
    public String authority() {
        return "127.0.0.1:" + port;
    }

    @Override
    public List<Received> received() {
        return behind.received();
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        behind.close();
    }

    private static Process start(Path folder, Path settings) throws Exception {
        for (String program : List.of("nginx", "/usr/sbin/nginx", "/usr/local/sbin/nginx")) {
            try {
                return new ProcessBuilder(
                                program, "-p", folder.toString(), "-c", settings.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("nginx.out").toFile())
                        .start();
            } catch (IOException next) {
                // not there: the next place
            }
        }
        Assumptions.abort("nginx is not on this machine");
        throw new IllegalStateException();
    }

    private static String settings(Path folder, int port, String behind) {
        return """
        daemon off;
        master_process off;
        pid FOLDER/nginx.pid;
        error_log FOLDER/error.log;
        events { worker_connections 256; }
        http {
          access_log off;
          client_body_temp_path FOLDER/body;
          proxy_temp_path FOLDER/proxy;
          fastcgi_temp_path FOLDER/fastcgi;
          uwsgi_temp_path FOLDER/uwsgi;
          scgi_temp_path FOLDER/scgi;
          keepalive_requests 100000;
          server {
            listen 127.0.0.1:PORT;
            merge_slashes off;
            location / {
              proxy_pass http://BEHIND;
              proxy_http_version 1.1;
              proxy_set_header Host $http_host;
              proxy_set_header Connection "";
            }
          }
        }
        """
                .replace("FOLDER", folder.toString())
                .replace("PORT", Integer.toString(port))
                .replace("BEHIND", behind);
    }

    private void awaitListening() throws Exception {
        long startNanos = System.nanoTime();
        while (true) {
            try (RawClient client = RawClient.connect(port)) {
                client.send("");
                return;
            } catch (IOException notYet) {
                if (!process.isAlive() || System.nanoTime() - startNanos > DEADLINE_NANOS) {
                    throw notYet;
                }
                Thread.onSpinWait();
            }
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
