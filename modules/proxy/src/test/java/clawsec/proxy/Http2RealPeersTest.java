package clawsec.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import clawsec.testkit.HttpScript;
import clawsec.testkit.JdkClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients and servers of HTTP/2 that others wrote; those that are not here are skipped. */
class Http2RealPeersTest {
    private static final int FILE_BYTES = 300_000;

    /** Gives back what it gets, with a trailer. */
    private static final String NODE_SERVER =
            """
            const http2 = require('http2');
            const server = http2.createServer();
            server.on('stream', (stream, headers) => {
              stream.respond({ ':status': 200 }, { waitForTrailers: true });
              stream.on('wantTrailers', () => stream.sendTrailers({ 'x-path': headers[':path'] }));
              stream.pipe(stream);
            });
            server.listen(Number(process.argv[2]), '127.0.0.1');
            """;

    private static final String NODE_CLIENT =
            """
            const http2 = require('http2');
            const session = http2.connect('http://127.0.0.1:' + process.argv[2]);
            let answers = 0, trailers = 0, open = 20;
            for (let i = 0; i < 20; i++) {
              const stream = session.request({ ':method': 'POST', ':path': '/' + i });
              let got = '';
              stream.setEncoding('latin1');
              stream.on('data', (piece) => { got += piece; });
              stream.on('trailers', (fields) => { if (fields['x-path'] === '/' + i) trailers++; });
              stream.on('close', () => {
                if (got === String.fromCharCode(97 + i).repeat(100000)) answers++;
                if (--open === 0) {
                  session.close();
                  console.log(answers + ' answers, ' + trailers + ' trailers');
                }
              });
              stream.end(String.fromCharCode(97 + i).repeat(100000));
            }
            """;

    @TempDir Path folder;

    private Path page() throws Exception {
        Path pages = Files.createDirectories(folder.resolve("pages"));
        Files.write(pages.resolve("page"), new byte[FILE_BYTES]);
        return pages;
    }

    private Tool nghttpd(int port) throws Exception {
        return Tool.serve(
                folder.resolve("nghttpd.log"),
                port,
                "nghttpd",
                "--no-tls",
                "--address=127.0.0.1",
                "-d",
                page().toString(),
                Integer.toString(port));
    }

    @Test
    void jdkClient_throughAConnect_manyAtOnce() throws Exception {
        try (ProxyFixture proxy = ProxyFixture.open(folder);
                Http2Origin origin =
                        Http2Origin.ofBoth(proxy, HttpScript.text("old"), Http2Origin.echo());
                JdkClient client = JdkClient.open(proxy.port(), proxy.clientTrust())) {
            String url = "https://" + origin.authority() + "/";
            String megabyte = "0123456789abcdef".repeat(1 << 16);
            assertEquals(new JdkClient.Answer(200, "HTTP_2", megabyte), client.post(url, megabyte));
            List<CompletableFuture<JdkClient.Answer>> all = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                all.add(client.postLater(url, "content " + i));
            }
            for (int i = 0; i < 50; i++) {
                assertEquals("content " + i, all.get(i).get(60, TimeUnit.SECONDS).text());
            }
            assertEquals(1, origin.connections());
            assertEquals(51, proxy.inspector().seen(true).size());
        }
    }

    @Test
    void curl_throughAConnect() throws Exception {
        try (ProxyFixture proxy = ProxyFixture.open(folder);
                Http2Origin origin =
                        Http2Origin.ofBoth(proxy, HttpScript.text("old"), Http2Origin.echo())) {
            String output =
                    Tool.run(
                            "curl",
                            "-sS",
                            "--http2",
                            "--noproxy",
                            "",
                            "--proxy",
                            "http://127.0.0.1:" + proxy.port(),
                            "--cacert",
                            folder.resolve("ca/ca.crt").toString(),
                            "-d",
                            "hello",
                            "-w",
                            " over %{http_version}",
                            "https://" + origin.authority() + "/");
            assertEquals("hello over 2", output);
            assertEquals("hello", proxy.inspector().seen(true).getFirst().contentText());
        }
    }

    @Test
    void curl_byPriorKnowledge_toNghttpd() throws Exception {
        int port = Tool.freePort();
        try (Tool server = nghttpd(port);
                ProxyFixture proxy = Http2Clients.gateway(folder, port)) {
            String url = "http://127.0.0.1:" + proxy.port() + "/page";
            String sink = folder.resolve("got").toString();
            String format = "%{http_version} %{http_code} %{size_download}";
            assertEquals(
                    "2 200 " + FILE_BYTES,
                    Tool.run(
                            "curl",
                            "-sS",
                            "--http2-prior-knowledge",
                            "-o",
                            sink,
                            "-w",
                            format,
                            url));
            assertTrue(server.isAlive());
        }
    }

    @Test
    void curl_byUpgrade() throws Exception {
        try (Http2Origin target = Http2Origin.inClear(Http2Origin.echo());
                ProxyFixture proxy = Http2Clients.gateway(folder, target.port())) {
            String url = "http://127.0.0.1:" + proxy.port() + "/";
            assertEquals(
                    "in HTTP/1.1 over 2",
                    Tool.run("curl", "-sS", "--http2", "-w", " over %{http_version}", url));
        }
    }

    @Test
    void nghttp_toNghttpd_withPaddingAndDependencies() throws Exception {
        int port = Tool.freePort();
        try (Tool server = nghttpd(port);
                ProxyFixture proxy = Http2Clients.gateway(folder, port)) {
            String url = "http://127.0.0.1:" + proxy.port() + "/page";
            String output = Tool.run("nghttp", "-s", "-n", "-b", "64", "-m", "20", "-w", "14", url);
            assertEquals(20, output.split(" 200 ", -1).length - 1, output);
            assertEquals(20, proxy.inspector().seen(false).size());
            assertTrue(
                    proxy.inspector().seen(false).stream()
                            .allMatch(seen -> seen.contentText().length() == FILE_BYTES));
            assertTrue(server.isAlive());
        }
    }

    @Test
    void h2load_toNghttpd_aThousandRequests() throws Exception {
        int port = Tool.freePort();
        try (Tool server = nghttpd(port);
                ProxyFixture proxy = Http2Clients.gateway(folder, port)) {
            Files.writeString(folder.resolve("pages/small"), "small");
            String url = "http://127.0.0.1:" + proxy.port() + "/small";
            String output = Tool.run("h2load", "-n", "1000", "-c", "4", "-m", "10", url);
            assertTrue(output.contains("1000 succeeded, 0 failed, 0 errored"), output);
            assertTrue(output.contains("1000 2xx"), output);
            assertEquals(1_000, proxy.inspector().seen(true).size());
            assertTrue(server.isAlive());
        }
    }

    @Test
    void nghttp_toNginx() throws Exception {
        int port = Tool.freePort();
        Path config = folder.resolve("nginx.conf");
        Files.writeString(
                config,
                """
                daemon off;
                master_process off;
                pid %1$s/nginx.pid;
                error_log stderr;
                events {}
                http {
                    access_log off;
                    client_body_temp_path %1$s/body;
                    proxy_temp_path %1$s/proxy;
                    fastcgi_temp_path %1$s/fastcgi;
                    uwsgi_temp_path %1$s/uwsgi;
                    scgi_temp_path %1$s/scgi;
                    server {
                        listen 127.0.0.1:%2$d http2;
                        root %3$s;
                    }
                }
                """
                        .formatted(folder, port, page()));
        try (Tool server =
                        Tool.serve(
                                folder.resolve("nginx.log"),
                                port,
                                "nginx",
                                "-p",
                                folder.toString(),
                                "-c",
                                config.toString());
                ProxyFixture proxy = Http2Clients.gateway(folder, port)) {
            String url = "http://127.0.0.1:" + proxy.port() + "/page";
            String output = Tool.run("nghttp", "-s", "-n", "-m", "20", url);
            assertEquals(20, output.split(" 200 ", -1).length - 1, output);
            assertTrue(server.isAlive());
        }
    }

    @Test
    void nodeClient_toNodeServer() throws Exception {
        Path script = Files.writeString(folder.resolve("server.js"), NODE_SERVER);
        int port = Tool.freePort();
        try (Tool server =
                        Tool.serve(
                                folder.resolve("node.log"),
                                port,
                                "node",
                                script.toString(),
                                Integer.toString(port));
                ProxyFixture proxy = Http2Clients.gateway(folder, port)) {
            Path client = Files.writeString(folder.resolve("client.js"), NODE_CLIENT);
            String output =
                    Tool.run("node", client.toString(), Integer.toString(proxy.port())).strip();
            assertEquals("20 answers, 20 trailers", output);
            assertEquals(
                    20,
                    proxy.inspector().seen(false).stream()
                            .filter(seen -> seen.contentText().length() == 100_000)
                            .count());
            assertTrue(server.isAlive());
        }
    }
}
