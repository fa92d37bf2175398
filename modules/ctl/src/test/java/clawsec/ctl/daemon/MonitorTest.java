package clawsec.ctl.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;

import clawsec.ctl.config.ConfigException;
import clawsec.ctl.config.ConfigLoader;
import clawsec.ctl.config.GivenFlags;
import clawsec.ctl.config.MonitorConfig;
import clawsec.detect.DetectConfig;
import clawsec.detect.Detector;
import clawsec.detect.RuleSet;
import clawsec.log.MonitorLog;
import clawsec.log.ThreatFollower;
import clawsec.log.ThreatLine;
import clawsec.log.ThreatLog;
import clawsec.log.ThreatQuery;
import clawsec.log.ThreatReader;
import clawsec.testkit.HttpScript;
import clawsec.testkit.JdkWebSocket;
import clawsec.testkit.RawClient;
import clawsec.testkit.ScriptedOrigin;
import clawsec.testkit.TestCa;
import clawsec.testkit.WebSocketEcho;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The wiring at work: what passes a port is in the file and in the counters. */
class MonitorTest {
    private static final int SSH_PORT = 22;
    private static final String SECRET = "sk-" + "ant-api03-made-up-0123456789abcdef";

    @TempDir private Path folder;
    private MonitorLog log;
    private ThreatLog threats;

    @BeforeEach
    void open() throws IOException {
        log = MonitorLog.open(folder, System.Logger.Level.INFO);
        threats = ThreatLog.open(folder, Duration.ofSeconds(60), InstantSource.system());
    }

    @AfterEach
    void close() throws IOException {
        threats.close();
        log.close();
    }

    @Test
    void request_withASecret_isRecordedBeforeTheAnswerAndCounted() throws Exception {
        try (ScriptedOrigin origin = ScriptedOrigin.open(HttpScript.text("fine"));
                Monitor monitor = monitor(Map.of())) {
            send(monitor, "proxy", absolute(origin));
            send(monitor, "proxy", absolute(origin));
            ThreatLine threat = onlyThreat();
            assertEquals("ai_api_key", threat.pattern());
            assertEquals("http", threat.protocol());
            assertEquals("outbound", threat.direction());
            assertEquals("127.0.0.1", threat.source());
            assertEquals(origin.authority(), threat.dest());
            assertEquals(Optional.of("GET"), threat.method());
            assertTrue(threat.snippet().startsWith("X-Key: sk-ant-api0"), threat.snippet());

            StatusReport report = lastReport(monitor);
            assertEquals(Map.of("ai_api_key", 1L), report.counters().get("patterns"));
            assertEquals(Map.of("critical", 1L), report.counters().get("severities"));
            assertEquals(
                    Map.of("written", 1L, "suppressed", 1L, "held", 0L, "lost", 0L),
                    report.counters().get("threats"));
            assertEquals(2, count(report, "proxy", "requests"));
            assertTrue(count(report, "inspection", "bytes_scanned") > 8, report::toString);
            assertEquals(List.of(), report.failures());
        }
    }

    @Test
    void secret_whereverAPeerPutsIt_isMaskedInEveryRecord() throws Exception {
        String key = SECRET.toLowerCase(Locale.ROOT);
        try (ScriptedOrigin origin =
                        ScriptedOrigin.open(
                                HttpScript.fixed(
                                        "HTTP/1.1 200 OK\r\nContent-Encoding: "
                                                + key
                                                + "\r\nContent-Length: 1\r\n\r\nx"));
                Monitor monitor = monitor(Map.of())) {
            try (RawClient client = RawClient.connect(port(monitor, "proxy"))) {
                client.send("GET http://" + key + ".invalid/ HTTP/1.1\r\nHost: h\r\n\r\n");
                assertEquals(502, client.readResponse().status());
            }
            send(monitor, "proxy", absolute(origin).replaceFirst("GET", key));
            String report = lastReport(monitor).toString();
            assertFalse(report.contains(key), report);
            assertTrue(report.contains("sk-ant-api0"), report);
        }
        for (String name : List.of("threats.jsonl", "clawsec.log")) {
            String text = Files.readString(folder.resolve(name));
            assertFalse(text.contains(key), text);
            assertTrue(text.contains("sk-ant-api0"), text);
        }
    }

    @Test
    void gateway_inFront_passesOnAndRecords() throws Exception {
        try (ScriptedOrigin target = ScriptedOrigin.open(HttpScript.text("fine"))) {
            String port = String.valueOf(target.port());
            try (Monitor monitor = monitor(Map.of("CLAWSEC_GATEWAY_TARGET_PORT", port))) {
                send(
                        monitor,
                        "gateway",
                        "GET / HTTP/1.1\r\nHost: gateway\r\nX-Key: " + SECRET + "\r\n\r\n");
                ThreatLine threat = onlyThreat();
                assertEquals("gateway", threat.protocol());
                assertEquals("127.0.0.1:" + port, threat.dest());
            }
        }
    }

    @Test
    void secret_cutOverTwoWebSocketMessages_isRecorded() throws Exception {
        try (ScriptedOrigin target = ScriptedOrigin.open(new WebSocketEcho(""))) {
            String port = String.valueOf(target.port());
            try (Monitor monitor = monitor(Map.of("CLAWSEC_GATEWAY_TARGET_PORT", port));
                    JdkWebSocket client =
                            JdkWebSocket.connect(
                                    URI.create(
                                            "ws://127.0.0.1:" + port(monitor, "gateway") + "/"))) {
                client.send("the key is " + SECRET.substring(0, 15), true);
                client.send(SECRET.substring(15) + ", take it", true);
                client.next();
                client.next();
                ThreatLine threat =
                        allThreats().stream()
                                .filter(each -> each.direction().equals("outbound"))
                                .findFirst()
                                .orElseThrow();
                assertEquals("ai_api_key", threat.pattern());
                assertEquals("gateway", threat.protocol());
                assertEquals(List.of("messages"), threat.via());
                assertFalse(threat.snippet().contains(SECRET.substring(22)), threat.snippet());
            }
        }
    }

    @Test
    void content_pastMaxScanBytes_isCountedAsUnscanned() throws Exception {
        String body = "a".repeat(3_000);
        try (ScriptedOrigin origin = ScriptedOrigin.open(HttpScript.text(body));
                Monitor monitor = monitor(Map.of("CLAWSEC_MAX_SCAN_BYTES", "1000"))) {
            send(monitor, "proxy", absolute(origin));
            assertEquals(2_000, count(lastReport(monitor), "inspection", "bytes_unscanned"));
        }
    }

    @Test
    void status_atTheConnectionLimit_isAnsweredAllTheSame() throws Exception {
        try (ScriptedOrigin origin = ScriptedOrigin.open(HttpScript.text("fine"));
                Monitor monitor = monitor(Map.of("CLAWSEC_MAX_CONNECTIONS", "1"));
                StatusServer _ = StatusServer.open(folder, reporter(monitor)::report);
                RawClient first = RawClient.connect(port(monitor, "proxy"));
                RawClient second = RawClient.connect(port(monitor, "proxy"))) {
            second.send(absolute(origin)).readResponse();
            assertTrue(first.socket().isConnected());
            StatusReport report = StatusClient.ask(folder).orElseThrow();
            assertEquals(ProcessHandle.current().pid(), report.pid());
            assertEquals(Reporter.text(address(monitor, "proxy")), report.listeners().get("proxy"));
        }
        assertEquals(Optional.empty(), StatusClient.ask(folder));
    }

    @Test
    void threats_thatCannotBeWritten_areToldInTheStatus() throws Exception {
        try (ScriptedOrigin origin = ScriptedOrigin.open(HttpScript.text("fine"));
                Monitor monitor = monitor(Map.of())) {
            Path file = folder.resolve("threats.jsonl");
            Files.delete(file);
            Files.createDirectory(file);
            send(monitor, "proxy", absolute(origin));
            StatusReport report = reporter(monitor).report();
            assertEquals(1, report.failures().size());
            assertTrue(report.failures().getFirst().contains(file.toString()), report::toString);
            assertEquals(1, count(report, "threats", "held"));
            assertEquals(Map.of("ai_api_key", 1L), report.counters().get("patterns"));
        }
    }

    @Test
    void disabledRule_isNotReported() throws Exception {
        try (ScriptedOrigin origin = ScriptedOrigin.open(HttpScript.text("fine"));
                Monitor monitor = monitor(Map.of("CLAWSEC_DISABLED_RULES", "ai_api_key"))) {
            send(monitor, "proxy", absolute(origin));
            assertEquals(List.of(), allThreats());
        }
    }

    @Test
    void sshConnection_seen_isRecorded() throws Exception {
        Detector detector = Detector.of(RuleSet.builtIn(), DetectConfig.DEFAULT);
        ThreatInspector inspector =
                new ThreatInspector(() -> detector, threats, new InspectionCounters());
        inspector.established("192.0.2.1", "192.0.2.2:22", "SSH connection");
        ThreatLine threat = onlyThreat();
        assertEquals("ssh", threat.protocol());
        assertEquals("SSH_CONNECT", threat.threatType());
        assertEquals("established_connection", threat.pattern());
        assertEquals("192.0.2.2:22", threat.dest());
    }

    @Test
    void sshWatcher_enabled_recordsConnectionsToPort22() throws Exception {
        CountDownLatch recorded = new CountDownLatch(1);
        try (ServerSocket ssh = sshServer();
                Monitor _ =
                        monitor(
                                Map.of(
                                        "CLAWSEC_ENABLE_SSH_WATCHER", "true",
                                        "CLAWSEC_SSH_POLL_INTERVAL", "1"));
                Socket client = new Socket(ssh.getInetAddress(), SSH_PORT);
                ThreatFollower follower =
                        new ThreatReader(threats.path()).follow(ThreatQuery.ALL, 0)) {
            long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
            follower.follow(
                    threat -> {
                        boolean isOurs =
                                threat.pattern().equals("established_connection")
                                        && threat.dest().equals("127.0.0.1:" + SSH_PORT);
                        if (isOurs && client.isConnected()) {
                            recorded.countDown();
                        }
                    },
                    () ->
                            !recorded.await(50, TimeUnit.MILLISECONDS)
                                    && System.nanoTime() < deadline);
        }
        assertEquals(0, recorded.getCount());
    }

    private static ServerSocket sshServer() {
        try {
            return new ServerSocket(SSH_PORT, 1, InetAddress.ofLiteral("127.0.0.1"));
        } catch (IOException e) {
            return abort("port " + SSH_PORT + " cannot be listened on here: " + e.getMessage());
        }
    }

    @Test
    void https_withASecret_isDecryptedAndRecorded() throws Exception {
        TestCa ca = TestCa.create();
        Map<String, String> environment =
                Map.of("CLAWSEC_UPSTREAM_CA_FILE", ca.writePem(folder).toString());
        try (ScriptedOrigin origin =
                        ScriptedOrigin.openTls(
                                ca.serverContext("localhost"), HttpScript.text("fine"));
                Monitor monitor = monitor(environment);
                RawClient client =
                        RawClient.connectTls(
                                port(monitor, "proxy"),
                                "localhost:" + origin.port(),
                                TestCa.trusting(root()))) {
            client.send("GET / HTTP/1.1\r\nHost: localhost\r\nX-Key: " + SECRET + "\r\n\r\n");
            assertEquals(200, client.readResponse().status());
            assertEquals("https", onlyThreat().protocol());
        }
    }

    private X509Certificate root() throws IOException, GeneralSecurityException {
        try (InputStream in = Files.newInputStream(folder.resolve("ca.crt"))) {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(in);
        }
    }

    private Monitor monitor(Map<String, String> environment) throws Exception {
        return Monitor.open(config(environment), threats, log, InstantSource.system());
    }

    private MonitorConfig config(Map<String, String> environment) throws ConfigException {
        Map<String, String> all = new HashMap<>();
        all.put("CLAWSEC_LOG_DIR", folder.toString());
        all.put("CLAWSEC_PROXY_PORT", "0");
        all.put("CLAWSEC_GATEWAY_LOCAL_PORT", "0");
        all.put("CLAWSEC_ENABLE_SSH_WATCHER", "false");
        all.putAll(environment);
        return ConfigLoader.load(GivenFlags.NONE, all);
    }

    private Reporter reporter(Monitor monitor) throws ConfigException {
        return new Reporter(config(Map.of()), "0", Instant.EPOCH, monitor, threats, log);
    }

    /** The report once every exchange is over: a message is counted after it was passed on. */
    private StatusReport lastReport(Monitor monitor) throws Exception {
        assertTrue(monitor.drain(Duration.ofSeconds(20)));
        return reporter(monitor).report();
    }

    private static long count(StatusReport report, String group, String name) {
        return report.counters().getOrDefault(group, Map.of()).getOrDefault(name, -1L);
    }

    private static InetSocketAddress address(Monitor monitor, String listener) {
        return Objects.requireNonNull(monitor.listeners().get(listener));
    }

    private static int port(Monitor monitor, String listener) {
        return address(monitor, listener).getPort();
    }

    private static void send(Monitor monitor, String listener, String request) throws IOException {
        try (RawClient client = RawClient.connect(port(monitor, listener))) {
            assertEquals(200, client.send(request).readResponse().status());
        }
    }

    private static String absolute(ScriptedOrigin origin) {
        return "GET http://%1$s/ HTTP/1.1\r\nHost: %1$s\r\nX-Key: %2$s\r\n\r\n"
                .formatted(origin.authority(), SECRET);
    }

    private List<ThreatLine> allThreats() throws IOException {
        return new ThreatReader(threats.path()).newest(ThreatQuery.ALL, 10).lines();
    }

    private ThreatLine onlyThreat() throws IOException {
        List<ThreatLine> all = allThreats();
        assertEquals(1, all.size(), all::toString);
        return all.getFirst();
    }
}
