package clawsec.ctl.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import clawsec.http.Authority;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigLoaderTest {
    @TempDir private Path folder;

    @Test
    void load_nothingGiven_givesTheDesignedDefaults() throws ConfigException {
        MonitorConfig config = ConfigLoader.load(GivenFlags.NONE, Map.of());
        assertEquals(
                new MonitorConfig(
                        Optional.empty(),
                        List.of(),
                        Map.of(),
                        new MonitorConfig.Listening(true, "127.0.0.1", 8888, true, List.of()),
                        new MonitorConfig.Gateway(true, 18_790, 18_789),
                        new MonitorConfig.SshWatch(true, Duration.ofSeconds(10)),
                        new MonitorConfig.Origins(Optional.empty(), Optional.empty(), ""),
                        new MonitorConfig.Records(
                                Path.of("/tmp/clawsec"),
                                LogLevel.INFO,
                                Duration.ofSeconds(60),
                                Optional.empty()),
                        new MonitorConfig.Scanning(65_536, true, List.of(), List.of()),
                        new MonitorConfig.Limits(
                                Duration.ofSeconds(15),
                                Duration.ofSeconds(10),
                                Duration.ofSeconds(300),
                                65_536,
                                10_000)),
                config);
    }

    @Test
    void load_everyKeyInTheFile_isTaken() throws Exception {
        MonitorConfig config =
                fromFile(
                        """
                        {"proxy_host": "::1", "proxy_port": 1, "gateway_local_port": 2,
                         "gateway_target_port": 3, "log_dir": "/var/log/clawsec",
                         "log_level": "DEBUG", "max_scan_bytes": 0, "enable_mitm": false,
                         "dedup_window_secs": 0, "enable_http_proxy": true,
                         "enable_gateway_proxy": false, "enable_ssh_watcher": false,
                         "ssh_poll_interval": 60, "upstream_ca_file": "ca.pem",
                         "upstream_proxy": "http://me:p%40ss@proxy.example:3128",
                         "tunnel_hosts": ["*.Pinned.example", "10.0.0.1"],
                         "rules_files": ["rules.json"], "disabled_rules": ["destructive_rm"],
                         "mask_secrets": false, "keylog_file": "/k", "header_timeout_secs": 4,
                         "connect_timeout_secs": 5, "idle_timeout_secs": 6,
                         "max_header_bytes": 2048, "max_connections": 7}
                        """);
        assertEquals(
                new MonitorConfig(
                        Optional.of(file()),
                        List.of(),
                        config.places(),
                        new MonitorConfig.Listening(
                                true, "::1", 1, false, List.of("*.pinned.example", "10.0.0.1")),
                        new MonitorConfig.Gateway(false, 2, 3),
                        new MonitorConfig.SshWatch(false, Duration.ofSeconds(60)),
                        new MonitorConfig.Origins(
                                Optional.of(folder.resolve("ca.pem")),
                                Optional.of(
                                        new ProxyAddress(
                                                new Authority("proxy.example", 3128),
                                                Optional.of("me:p@ss"))),
                                ""),
                        new MonitorConfig.Records(
                                Path.of("/var/log/clawsec"),
                                LogLevel.DEBUG,
                                Duration.ZERO,
                                Optional.of(Path.of("/k"))),
                        new MonitorConfig.Scanning(
                                0,
                                false,
                                List.of(folder.resolve("rules.json")),
                                List.of("destructive_rm")),
                        new MonitorConfig.Limits(
                                Duration.ofSeconds(4),
                                Duration.ofSeconds(5),
                                Duration.ofSeconds(6),
                                2048,
                                7)),
                config);
    }

    @Test
    void place_isWhereTheKeyWasSetLast() throws Exception {
        write("{\n\"proxy_host\": \"a.test\",\n\"log_level\": \"INFO\"}");
        Map<String, String> environment =
                Map.of("CLAWSEC_CONFIG", file().toString(), "CLAWSEC_LOG_LEVEL", "DEBUG");
        MonitorConfig config = fromEnvironment(environment);
        assertEquals(file() + " line 2: proxy_host", config.place(ConfigKeys.PROXY_HOST));
        assertEquals("CLAWSEC_LOG_LEVEL", config.place(ConfigKeys.LOG_LEVEL));
        assertEquals("proxy_port", config.place(ConfigKeys.PROXY_PORT));
    }

    @Test
    void load_sameKeyOnEveryLayer_flagGoesOverVariableOverFile() throws Exception {
        write("{\"proxy_port\": 1001, \"idle_timeout_secs\": 11, \"max_connections\": 21}");
        Map<String, String> environment =
                Map.of(
                        "CLAWSEC_CONFIG", file().toString(),
                        "CLAWSEC_PROXY_PORT", "1002",
                        "CLAWSEC_IDLE_TIMEOUT_SECS", "12");
        FlagValue flag = new FlagValue("--port", ConfigKeys.PROXY_PORT, "1003");
        MonitorConfig config =
                ConfigLoader.load(new GivenFlags(Optional.empty(), List.of(flag)), environment);
        assertEquals(1003, config.listening().port());
        assertEquals(Duration.ofSeconds(12), config.limits().idle());
        assertEquals(21, config.limits().maxConnections());
    }

    @Test
    void load_fileFlagAndVariable_takesTheFlag() throws Exception {
        write("{\"proxy_port\": 1001}");
        MonitorConfig config =
                ConfigLoader.load(
                        new GivenFlags(Optional.of(file().toString()), List.of()),
                        Map.of("CLAWSEC_CONFIG", "/there/is/none"));
        assertEquals(1001, config.listening().port());
    }

    @Test
    void load_olderName_isReadInFileAndEnvironment() throws Exception {
        assertEquals(9001, fromFile("{\"http_proxy_port\": 9001}").listening().port());
        Map<String, String> environment = Map.of("CLAWSEC_HTTP_PROXY_PORT", "9002");
        assertEquals(9002, fromEnvironment(environment).listening().port());
    }

    @Test
    void load_listsInTheEnvironment_areReadBothWays() throws ConfigException {
        List<String> expected = List.of("a.example", "*.b.example");
        for (String text : List.of("a.example, *.b.example", "[\"a.example\",\"*.b.example\"]")) {
            Map<String, String> environment = Map.of("CLAWSEC_TUNNEL_HOSTS", text);
            assertEquals(expected, fromEnvironment(environment).listening().tunnelHosts());
        }
    }

    @Test
    void load_emptyVariableOfAnOptionalKey_takesTheFilesValueBack() throws Exception {
        write("{\"upstream_proxy\": \"http://proxy.example:3128\"}");
        Map<String, String> environment =
                Map.of("CLAWSEC_CONFIG", file().toString(), "CLAWSEC_UPSTREAM_PROXY", "");
        assertEquals(Optional.empty(), fromEnvironment(environment).origins().upstreamProxy());
    }

    @Test
    void load_pathWithTilde_startsAtTheHomeFolder() throws Exception {
        Path home = Path.of(System.getProperty("user.home"));
        assertEquals(
                home.resolve("logs"), fromFile("{\"log_dir\": \"~/logs\"}").records().folder());
    }

    @Test
    void load_relativePathInAVariable_startsAtTheWorkingFolder() throws ConfigException {
        assertEquals(
                Path.of("logs").toAbsolutePath(),
                fromEnvironment(Map.of("CLAWSEC_LOG_DIR", "logs")).records().folder());
    }

    @Test
    void load_noProxyVariables_areKeptAsText() throws ConfigException {
        assertEquals("a,b", fromEnvironment(Map.of("NO_PROXY", "a,b")).origins().noProxy());
        assertEquals(
                "c",
                fromEnvironment(Map.of("NO_PROXY", "a,b", "no_proxy", "c")).origins().noProxy());
    }

    @Test
    void load_variablesOfTheLauncherAndOfOthers_areLeftAlone() throws ConfigException {
        Map<String, String> environment =
                Map.of(
                        "CLAWSEC_JAVA_OPTS", "-Xmx1g",
                        "CLAWSEC_HOME", "/opt/clawsec",
                        "CLAWSEC_PORT", "tcp://10.0.0.1:8888",
                        "CLAWSEC_SERVICE_HOST", "10.0.0.1");
        assertEquals(
                List.of("CLAWSEC_PORT", "CLAWSEC_SERVICE_HOST"),
                fromEnvironment(environment).ignoredVariables());
    }

    @Test
    void load_fileAtTheSizeLimit_isReadAndOneByteMoreIsNot() throws Exception {
        String object = "{\"proxy_port\": 1001}";
        String padding = " ".repeat(ConfigJson.MAX_FILE_BYTES - object.length());
        assertEquals(1001, fromFile(object + padding).listening().port());
        ConfigException refused =
                assertThrows(ConfigException.class, () -> fromFile(object + padding + " "));
        assertEquals(
                "cannot read " + file() + ": it has more than 1048576 bytes", refused.getMessage());
    }

    private Path file() {
        return folder.resolve("clawsec.json");
    }

    private void write(String content) throws IOException {
        Files.writeString(file(), content);
    }

    private MonitorConfig fromFile(String content) throws IOException, ConfigException {
        write(content);
        return ConfigLoader.load(
                new GivenFlags(Optional.of(file().toString()), List.of()), Map.of());
    }

    private static MonitorConfig fromEnvironment(Map<String, String> environment)
            throws ConfigException {
        return ConfigLoader.load(GivenFlags.NONE, environment);
    }
}
