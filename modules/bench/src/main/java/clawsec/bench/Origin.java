package clawsec.bench;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/**
 * The server that all requests end at: nginx on the loopback interface, plain and TLS.
 *
 * @param plainPort where it speaks plain HTTP
 * @param ca the authority that issued its certificate; the proxies' anchor for origins
 */
record Origin(Service service, int plainPort, ThrowawayCa ca) {
    static final String SMALL_PATH = "/small";
    static final int SMALL_BYTES = 1024;
    static final String LARGE_PATH = "/large";
    static final int LARGE_BYTES = 100 * 1024 * 1024;

    /** hey puts the port of a URL into the server name unless it is this one. */
    private static final int TLS_PORT = 443;

    private static final String HOST = "localhost";
    private static final String CONFIGURATION =
            """
            daemon off;
            pid nginx.pid;
            error_log stderr warn;
            worker_processes auto;
            %1$s
            events { worker_connections 4096; }
            http {
              access_log off;
              default_type application/json;
              sendfile on;
              tcp_nopush on;
              open_file_cache max=16;
              keepalive_timeout 300s;
              keepalive_requests 1000000000;
              client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fastcgi;
              uwsgi_temp_path uwsgi; scgi_temp_path scgi;
              ssl_certificate origin.crt;
              ssl_certificate_key origin.key;
              ssl_session_cache shared:sessions:10m;
              server {
                listen 127.0.0.1:%2$d backlog=4096;
                listen 127.0.0.1:%3$d ssl http2 backlog=4096;
                %4$s
                server_name localhost;
                root www;
              }
            }
            """;

    static Origin start(Workspace workspace) throws IOException, InterruptedException {
        requireTlsPort();
        Path folder = workspace.folder("origin");
        Path www = workspace.folder("origin/www");
        Files.writeString(www.resolve(SMALL_PATH.substring(1)), answer());
        writeLarge(www.resolve(LARGE_PATH.substring(1)));
        ThrowawayCa ca = ThrowawayCa.make(workspace, folder, "Bench origin CA");
        ca.issue(workspace, folder);
        int plainPort = Workspace.freePort();
        boolean hasIpv6 = canBind(InetAddress.ofLiteral("::1"), 0);
        String text =
                CONFIGURATION.formatted(
                        Workspace.isRoot() ? "user root;" : "",
                        plainPort,
                        TLS_PORT,
                        hasIpv6 ? "listen [::1]:%d ssl http2;".formatted(TLS_PORT) : "");
        Path file = workspace.write("origin/nginx.conf", text);
        Command command = new Command("nginx").with("-p", folder.toString(), "-e", "stderr");
        Service service =
                workspace.startService("nginx", command.with("-c", file.toString()).words());
        service.awaitListening(plainPort);
        return new Origin(service, plainPort, ca);
    }

    private static void requireTlsPort() throws IOException {
        if (!canBind(InetAddress.getLoopbackAddress(), TLS_PORT)) {
            throw new IOException(
                    "port 443 of 127.0.0.1 cannot be bound, and the load generator needs it"
                            + " (elsewhere it sends host:port as server name). Run as root, stop"
                            + " what holds it, or: sudo sysctl"
                            + " net.ipv4.ip_unprivileged_port_start=443");
        }
    }

    private static boolean canBind(InetAddress address, int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(address, port));
            return true;
        } catch (IOException refused) {
            return false;
        }
    }

    /** A JSON text like those that agents are answered with. */
    private static String answer() {
        String start =
                "{\"id\":\"msg_0001\",\"type\":\"message\",\"role\":\"assistant\",\"text\":\"";
        String sentence = "The function reads the file, counts its lines and prints the sum. ";
        String end = "\"}\n";
        String middle = sentence.repeat(SMALL_BYTES / sentence.length() + 1);
        return start + middle.substring(0, SMALL_BYTES - start.length() - end.length()) + end;
    }

    private static void writeLarge(Path file) throws IOException {
        byte[] block = new byte[1024 * 1024];
        Random random = new Random(1);
        try (OutputStream out = Files.newOutputStream(file)) {
            for (int written = 0; written < LARGE_BYTES; written += block.length) {
                random.nextBytes(block);
                out.write(block);
            }
        }
    }

    /** {@code host:port} of the plain side. */
    String plainAuthority() {
        return "127.0.0.1:" + plainPort;
    }

    String plainUrl(String path) {
        return "http://" + plainAuthority() + path;
    }

    /** {@code host:port} of the TLS side. */
    String secureAuthority() {
        return HOST + ":" + TLS_PORT;
    }

    String secureUrl(String path) {
        return "https://" + HOST + path;
    }
}
