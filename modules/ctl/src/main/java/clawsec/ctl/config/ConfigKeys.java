package clawsec.ctl.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * The one table of keys: parsing, ranges, defaults and documentation come from it. Ports may be 0,
 * which takes any free one.
 */
public final class ConfigKeys {
    private static final List<ConfigKey<?>> TABLE = new ArrayList<>();

    public static final ConfigKey<String> PROXY_HOST =
            key(
                    "proxy_host",
                    ValueTypes.HOST,
                    "127.0.0.1",
                    "address the proxy listens on; with any but a loopback address, whoever"
                            + " reaches it can use the proxy");
    public static final ConfigKey<Integer> PROXY_PORT =
            add(
                    new ConfigKey<>(
                            "proxy_port",
                            Optional.of("http_proxy_port"),
                            ValueTypes.whole(0, 65_535),
                            8888,
                            "8888",
                            "port the proxy listens on; 0 takes any free one"));
    public static final ConfigKey<Integer> GATEWAY_LOCAL_PORT =
            key(
                    "gateway_local_port",
                    ValueTypes.whole(0, 65_535),
                    18_790,
                    "port in front of the agent gateway, to point clients at; 0 takes any free"
                            + " one");
    public static final ConfigKey<Integer> GATEWAY_TARGET_PORT =
            key(
                    "gateway_target_port",
                    ValueTypes.whole(1, 65_535),
                    18_789,
                    "port of the agent gateway itself, on 127.0.0.1");
    public static final ConfigKey<Path> LOG_DIR =
            key(
                    "log_dir",
                    ValueTypes.PATH,
                    Path.of("/tmp/clawsec"),
                    "folder of threats.jsonl, clawsec.log, monitor.pid, ca.crt and ca.key; made"
                            + " with mode 0700");
    public static final ConfigKey<LogLevel> LOG_LEVEL =
            key(
                    "log_level",
                    ValueTypes.oneOf(LogLevel.class, LogLevel::name),
                    LogLevel.INFO,
                    "the least level that clawsec.log keeps");
    public static final ConfigKey<Integer> MAX_SCAN_BYTES =
            key(
                    "max_scan_bytes",
                    ValueTypes.whole(0, Integer.MAX_VALUE),
                    65_536,
                    "decoded bytes scanned of each message; 0 scans all of it");
    public static final ConfigKey<Boolean> ENABLE_MITM =
            key(
                    "enable_mitm",
                    ValueTypes.TRUTH,
                    true,
                    "decrypt HTTPS; false tunnels it blindly and logs the destination alone");
    public static final ConfigKey<Integer> DEDUP_WINDOW_SECS =
            key(
                    "dedup_window_secs",
                    ValueTypes.whole(0, 86_400),
                    60,
                    "seconds in which the same pattern, destination and direction is logged once;"
                            + " 0 logs every one");
    public static final ConfigKey<Boolean> ENABLE_HTTP_PROXY =
            key("enable_http_proxy", ValueTypes.TRUTH, true, "run the HTTP and HTTPS proxy");
    public static final ConfigKey<Boolean> ENABLE_GATEWAY_PROXY =
            key(
                    "enable_gateway_proxy",
                    ValueTypes.TRUTH,
                    true,
                    "run the port in front of the agent gateway");
    public static final ConfigKey<Boolean> ENABLE_SSH_WATCHER =
            key("enable_ssh_watcher", ValueTypes.TRUTH, true, "record new SSH connections");
    public static final ConfigKey<Integer> SSH_POLL_INTERVAL =
            key(
                    "ssh_poll_interval",
                    ValueTypes.whole(1, 3_600),
                    10,
                    "seconds between two looks at the table of connections");
    public static final ConfigKey<Optional<Path>> UPSTREAM_CA_FILE =
            key(
                    "upstream_ca_file",
                    ValueTypes.PATH.described("a path of a PEM file").orNone(),
                    Optional.empty(),
                    "certificates that origins may chain to, beside the system's");
    public static final ConfigKey<Optional<ProxyAddress>> UPSTREAM_PROXY =
            key(
                    "upstream_proxy",
                    ValueTypes.text("http://[user:password@]host:port", ProxyAddress::parse)
                            .orNone(),
                    Optional.empty(),
                    "proxy that requests are passed on to, but for hosts in NO_PROXY");
    public static final ConfigKey<List<String>> TUNNEL_HOSTS =
            key(
                    "tunnel_hosts",
                    ValueTypes.listOf("hosts", ValueTypes.HOST_GLOB),
                    List.of(),
                    "hosts never decrypted, for clients that pin certificates");
    public static final ConfigKey<List<Path>> RULES_FILES =
            key(
                    "rules_files",
                    ValueTypes.listOf("rule files", ValueTypes.PATH),
                    List.of(),
                    "rules added to the built-in ones");
    public static final ConfigKey<List<String>> DISABLED_RULES =
            key(
                    "disabled_rules",
                    ValueTypes.listOf("rule ids", ValueTypes.TEXT),
                    List.of(),
                    "rules taken from the set");
    public static final ConfigKey<Boolean> MASK_SECRETS =
            key(
                    "mask_secrets",
                    ValueTypes.TRUTH,
                    true,
                    "keep no more of a secret in the log than its prefix and four characters");
    public static final ConfigKey<Optional<Path>> KEYLOG_FILE =
            key(
                    "keylog_file",
                    ValueTypes.PATH.orNone(),
                    Optional.empty(),
                    "file for the TLS keys of both sides, to read captures with; whoever has it"
                            + " can decrypt the traffic");
    public static final ConfigKey<Integer> HEADER_TIMEOUT_SECS =
            key(
                    "header_timeout_secs",
                    ValueTypes.whole(1, 3_600),
                    15,
                    "seconds a client has to send a whole request head");
    public static final ConfigKey<Integer> CONNECT_TIMEOUT_SECS =
            key(
                    "connect_timeout_secs",
                    ValueTypes.whole(1, 3_600),
                    10,
                    "seconds an origin has to accept a connection");
    public static final ConfigKey<Integer> IDLE_TIMEOUT_SECS =
            key(
                    "idle_timeout_secs",
                    ValueTypes.whole(1, 86_400),
                    300,
                    "seconds a connection may be silent");
    public static final ConfigKey<Integer> MAX_HEADER_BYTES =
            key(
                    "max_header_bytes",
                    ValueTypes.whole(1_024, 1_048_576),
                    65_536,
                    "bytes of a request or response head; it may have a line for each 256 of them,"
                            + " and no fewer than 256 lines");
    public static final ConfigKey<Integer> MAX_CONNECTIONS =
            key(
                    "max_connections",
                    ValueTypes.whole(1, 1_000_000),
                    10_000,
                    "client connections at one time");

    /** Every key, in the order of documentation. */
    public static final List<ConfigKey<?>> ALL = Collections.unmodifiableList(TABLE);

    private ConfigKeys() {}

    private static <T> ConfigKey<T> key(
            String name, ValueType<T> type, T defaultValue, String help) {
        return add(
                new ConfigKey<>(
                        name, Optional.empty(), type, defaultValue, shown(defaultValue), help));
    }

    private static <T> ConfigKey<T> add(ConfigKey<T> key) {
        TABLE.add(key);
        return key;
    }

    private static String shown(Object value) {
        return value instanceof Optional<?> optional && optional.isEmpty()
                ? "none"
                : value.toString();
    }
}
