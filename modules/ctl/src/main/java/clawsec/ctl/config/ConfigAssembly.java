package clawsec.ctl.config;

import static clawsec.ctl.config.ConfigKeys.*;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Makes the configuration from the values of its keys, and checks what they say together. */
final class ConfigAssembly {
    private ConfigAssembly() {}

    static MonitorConfig config(Settings values, List<String> ignoredVariables, String noProxy)
            throws ConfigException {
        MonitorConfig config =
                new MonitorConfig(
                        values.value(ConfigLoader.FILE),
                        ignoredVariables,
                        values.places(),
                        new MonitorConfig.Listening(
                                values.value(ENABLE_HTTP_PROXY),
                                values.value(PROXY_HOST),
                                values.value(PROXY_PORT),
                                values.value(ENABLE_MITM),
                                values.value(TUNNEL_HOSTS)),
                        new MonitorConfig.Gateway(
                                values.value(ENABLE_GATEWAY_PROXY),
                                values.value(GATEWAY_LOCAL_PORT),
                                values.value(GATEWAY_TARGET_PORT)),
                        new MonitorConfig.SshWatch(
                                values.value(ENABLE_SSH_WATCHER),
                                Duration.ofSeconds(values.value(SSH_POLL_INTERVAL))),
                        new MonitorConfig.Origins(
                                values.value(UPSTREAM_CA_FILE),
                                values.value(UPSTREAM_PROXY),
                                noProxy),
                        new MonitorConfig.Records(
                                values.value(LOG_DIR),
                                values.value(LOG_LEVEL),
                                Duration.ofSeconds(values.value(DEDUP_WINDOW_SECS)),
                                values.value(KEYLOG_FILE)),
                        new MonitorConfig.Scanning(
                                values.value(MAX_SCAN_BYTES),
                                values.value(MASK_SECRETS),
                                values.value(RULES_FILES),
                                values.value(DISABLED_RULES)),
                        new MonitorConfig.Limits(
                                Duration.ofSeconds(values.value(HEADER_TIMEOUT_SECS)),
                                Duration.ofSeconds(values.value(CONNECT_TIMEOUT_SECS)),
                                Duration.ofSeconds(values.value(IDLE_TIMEOUT_SECS)),
                                values.value(MAX_HEADER_BYTES),
                                values.value(MAX_CONNECTIONS)));
        check(config);
        return config;
    }

    private static void check(MonitorConfig config) throws ConfigException {
        MonitorConfig.Listening listening = config.listening();
        MonitorConfig.Gateway gateway = config.gateway();
        boolean isAnythingOn =
                listening.isEnabled() || gateway.isEnabled() || config.sshWatch().isEnabled();
        if (!isAnythingOn) {
            throw new ConfigException(
                    "%s, %s and %s are all false; at least one must be true"
                            .formatted(
                                    config.place(ENABLE_HTTP_PROXY),
                                    config.place(ENABLE_GATEWAY_PROXY),
                                    config.place(ENABLE_SSH_WATCHER)));
        }
        boolean isGatewayFixed = gateway.isEnabled() && gateway.localPort() != 0;
        if (isGatewayFixed && gateway.localPort() == gateway.targetPort()) {
            throw samePort(config, GATEWAY_LOCAL_PORT, GATEWAY_TARGET_PORT, gateway.localPort());
        }
        if (isGatewayFixed && listening.isEnabled() && listening.port() == gateway.localPort()) {
            throw samePort(config, PROXY_PORT, GATEWAY_LOCAL_PORT, gateway.localPort());
        }
        boolean areBothOn = gateway.isEnabled() && listening.isEnabled();
        if (areBothOn && listening.port() == gateway.targetPort()) {
            throw samePort(config, PROXY_PORT, GATEWAY_TARGET_PORT, gateway.targetPort());
        }
        Optional<ProxyAddress> upstream = config.origins().upstreamProxy();
        if (upstream.isPresent()) {
            check(upstream.get(), config);
        }
    }

    /** Two keys with one port; the place that the message begins with is of one that was set. */
    private static ConfigException samePort(
            MonitorConfig config, ConfigKey<Integer> one, ConfigKey<Integer> other, int port) {
        boolean isOneSet = config.places().containsKey(one.name());
        ConfigKey<Integer> first = isOneSet ? one : other;
        ConfigKey<Integer> second = isOneSet ? other : one;
        boolean isSecondSet = config.places().containsKey(second.name());
        return new ConfigException(
                "%s is %d, and so is %s%s; they must differ"
                        .formatted(
                                config.place(first),
                                port,
                                config.place(second),
                                isSecondSet ? "" : " by default"));
    }

    /** Refuses what is surely one of our own listeners; names are not resolved for it. */
    private static void check(ProxyAddress upstream, MonitorConfig config) throws ConfigException {
        MonitorConfig.Listening listening = config.listening();
        MonitorConfig.Gateway gateway = config.gateway();
        boolean isProxy =
                listening.isEnabled() && upstream.leadsTo(listening.host(), listening.port());
        boolean isGateway =
                gateway.isEnabled() && upstream.leadsTo("127.0.0.1", gateway.localPort());
        if (isProxy || isGateway) {
            throw new ConfigException(
                    "%s is %s, where this monitor itself listens (%s); allowed is another proxy"
                            .formatted(
                                    config.place(UPSTREAM_PROXY),
                                    upstream,
                                    isProxy ? "proxy_host, proxy_port" : "gateway_local_port"));
        }
    }
}
