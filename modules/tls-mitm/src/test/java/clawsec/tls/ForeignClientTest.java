package clawsec.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import clawsec.ca.CertificateAuthority;
import clawsec.ca.LeafStore;
import clawsec.testkit.TestCa;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import javax.net.ssl.HttpsURLConnection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients of other makes accept what {@link ClientSide} shows them, once they trust the root. */
class ForeignClientTest {
    private static final String PYTHON =
            """
            import socket, ssl, sys
            context = ssl.create_default_context(cafile=sys.argv[3])
            context.set_alpn_protocols(["h2", "http/1.1"])
            with socket.create_connection(("127.0.0.1", int(sys.argv[1]))) as plain:
                with context.wrap_socket(plain, server_hostname=sys.argv[2]) as tls:
                    tls.sendall(b"GET / HTTP/1.1\\r\\n\\r\\n")
                    print(tls.selected_alpn_protocol(), tls.recv(100))
            """;

    private static final String NODE =
            """
            const [port, host, ca] = process.argv.slice(1);
            const options = {host: "127.0.0.1", port, ca: require("fs").readFileSync(ca),
                ALPNProtocols: ["h2", "http/1.1"]};
            if (/^[0-9.]+$/.test(host)) options.checkServerIdentity =
                (_, cert) => require("tls").checkServerIdentity(host, cert);
            else options.servername = host;
            const socket = require("tls").connect(options, () => {
                console.log(socket.alpnProtocol, socket.authorized);
                socket.write("GET / HTTP/1.1\\r\\n\\r\\n");
            });
            socket.on("data", data => { console.log(String(data)); socket.destroy(); });
            socket.on("error", error => { console.log(error.code); process.exit(1); });
            """;

    @TempDir private Path folder;
    private InterceptingServer server;
    private String port;
    private String root;

    @BeforeEach
    void startServer() throws Exception {
        CertificateAuthority authority = CertificateAuthority.open(folder, InstantSource.system());
        ClientSide side = ClientSide.of(LeafStore.of(authority), TlsConfig.DEFAULT);
        server = new InterceptingServer(side, "127.0.0.1");
        port = Integer.toString(server.port());
        root = folder.resolve("ca.crt").toString();
    }

    @AfterEach
    void stopServer() throws Exception {
        server.close();
    }

    @Test
    void openssl_verifiesNameChainAndProtocol() throws Exception {
        Tool answer = openssl("-servername", "self.example", "-verify_hostname", "self.example");
        assertTrue(answer.output().contains("Verification: OK"), answer.output());
        assertTrue(answer.output().contains("Verified peername: self.example"), answer.output());
        assertTrue(answer.output().contains("ALPN protocol: http/1.1"), answer.output());
        assertEquals("self.example", server.accepted().host());
    }

    @Test
    void openssl_withoutName_verifiesTheAddress() throws Exception {
        Tool answer = openssl("-noservername", "-verify_ip", "127.0.0.1");
        assertTrue(answer.output().contains("Verification: OK"), answer.output());
        assertEquals("127.0.0.1", server.accepted().host());
    }

    @Test
    void openssl_overTls12_verifies() throws Exception {
        Tool answer = openssl("-servername", "self.example", "-tls1_2");
        assertTrue(answer.output().contains("Verification: OK"), answer.output());
        assertEquals("TLSv1.2", server.accepted().protocol());
    }

    @Test
    void openssl_withOneShareOfP256_isNotAskedAgain() throws Exception {
        Tool answer = openssl("-servername", "self.example", "-groups", "P-256", "-msg");
        assertTrue(answer.output().contains("Verification: OK"), answer.output());
        assertEquals(1, answer.output().split("ClientHello", -1).length - 1, answer.output());
    }

    @Test
    void openssl_nameWithAPort_isServedAllTheSame() throws Exception {
        Tool answer = openssl("-servername", "self.example:8443");
        assertTrue(answer.output().contains("Verification: OK"), answer.output());
        assertEquals("127.0.0.1", server.accepted().host());
    }

    @Test
    void openssl_distrusting_isReportedWithItsAlert() throws Exception {
        Tool answer =
                Tool.run(
                        folder,
                        "openssl",
                        "s_client",
                        "-connect",
                        "127.0.0.1:" + port,
                        "-servername",
                        "self.example",
                        "-CAfile",
                        TestCa.create().writePem(folder).toString(),
                        "-verify_return_error");
        assertNotEquals(0, answer.exitStatus());
        assertRefused("unknown_ca");
    }

    @Test
    void curl_downloads() throws Exception {
        Tool answer =
                Tool.run(
                        folder,
                        "curl",
                        "-sS",
                        "--noproxy",
                        "*",
                        "--cacert",
                        root,
                        "--resolve",
                        "self.example:" + port + ":127.0.0.1",
                        "https://self.example:" + port + "/",
                        "https://127.0.0.1:" + port + "/");
        assertEquals("hello\nhello\n", answer.output());
        assertEquals("self.example", server.accepted().host());
        assertEquals("127.0.0.1", server.accepted().host());
    }

    @Test
    void curl_distrusting_isReportedWithItsAlert() throws Exception {
        Tool answer =
                Tool.run(
                        folder,
                        "curl",
                        "-sS",
                        "--noproxy",
                        "*",
                        "--cacert",
                        TestCa.create().writePem(folder).toString(),
                        "https://127.0.0.1:" + port + "/");
        assertEquals(60, answer.exitStatus(), answer.output());
        assertRefused("unknown_ca");
    }

    @Test
    void python_verifies() throws Exception {
        for (String host : new String[] {"self.example", "127.0.0.1"}) {
            Tool answer = Tool.run(folder, "python3", "-c", PYTHON, port, host, root);
            assertTrue(answer.output().startsWith("http/1.1 b'HTTP/1.1 200"), answer.output());
            assertEquals(host, server.accepted().host());
        }
    }

    @Test
    void python_distrusting_isReportedWithItsAlert() throws Exception {
        String other = TestCa.create().writePem(folder).toString();
        Tool answer = Tool.run(folder, "python3", "-c", PYTHON, port, "self.example", other);
        assertTrue(answer.output().contains("CERTIFICATE_VERIFY_FAILED"), answer.output());
        assertRefused("unknown_ca");
    }

    @Test
    void node_verifies() throws Exception {
        for (String host : new String[] {"self.example", "127.0.0.1"}) {
            Tool answer = Tool.run(folder, "node", "-e", NODE, port, host, root);
            assertTrue(answer.output().startsWith("http/1.1 true"), answer.output());
            assertTrue(answer.output().contains("HTTP/1.1 200 OK"), answer.output());
            assertEquals(host, server.accepted().host());
        }
    }

    @Test
    void java_downloads() throws Exception {
        CertificateAuthority authority = CertificateAuthority.open(folder, InstantSource.system());
        HttpsURLConnection connection =
                (HttpsURLConnection)
                        URI.create("https://127.0.0.1:" + port + "/").toURL().openConnection();
        connection.setSSLSocketFactory(TestCa.trusting(authority.certificate()).getSocketFactory());
        byte[] body = connection.getInputStream().readAllBytes();
        assertEquals("hello\n", new String(body, StandardCharsets.US_ASCII));
    }

    private Tool openssl(String... more) throws Exception {
        String[] command = {
            "openssl",
            "s_client",
            "-connect",
            "127.0.0.1:" + port,
            "-CAfile",
            root,
            "-alpn",
            "h2,http/1.1",
            "-verify_return_error"
        };
        String[] all = java.util.Arrays.copyOf(command, command.length + more.length);
        System.arraycopy(more, 0, all, command.length, more.length);
        return Tool.run(folder, all);
    }

    private void assertRefused(String alert) throws Exception {
        java.io.IOException failure = server.failure();
        assertInstanceOf(RefusedLeafException.class, failure);
        String message = String.valueOf(failure.getMessage());
        assertTrue(message.endsWith("with the alert " + alert), message);
    }
}
