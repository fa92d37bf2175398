package clawsec.ctl.config;

import static clawsec.ctl.config.ConfigKeys.*;

import java.time.Duration;
import java.util.List;

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
                    "enable_http_proxy, enable_gateway_proxy and enable_ssh_watcher are all"
                            + " false; at least one must be true");
        }
        boolean isGatewayFixed = gateway.isEnabled() && gateway.localPort() != 0;
        if (isGatewayFixed && gateway.localPort() == gateway.targetPort()) {
            throw new ConfigException(
                    "gateway_local_port and gateway_target_port are both "
                            + gateway.localPort()
                            + "; they must differ");
        }
        if (isGatewayFixed && listening.isEnabled() && listening.port() == gateway.localPort()) {
            throw new ConfigException(
                    "proxy_port and gateway_local_port are both "
                            + gateway.localPort()
                            + "; they must differ");
        }
    }
}
