package clawsec.ctl.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The whole configuration, checked; paths are absolute. The modules' own records are made from it
 * by {@code Wiring}.
 *
 * @param file the configuration file, where one was given
 * @param ignoredVariables environment variables that begin like ours but are no keys
 * @param places where each key was set that was, by its name, see {@link #place}
 */
public record MonitorConfig(
        Optional<Path> file,
        List<String> ignoredVariables,
        Map<String, String> places,
        Listening listening,
        Gateway gateway,
        SshWatch sshWatch,
        Origins origins,
        Records records,
        Scanning scanning,
        Limits limits) {
    public MonitorConfig {
        ignoredVariables = List.copyOf(ignoredVariables);
        places = Map.copyOf(places);
    }

    /**
     * Where a key was set, as the start of a sentence that says what is wrong with its value: file,
     * line and key; variable; or flag. The key alone where nothing sets it.
     */
    public String place(ConfigKey<?> key) {
        return places.getOrDefault(key.name(), key.name());
    }

    /** The HTTP and HTTPS proxy; {@code port} 0 takes any free one. */
    public record Listening(
            boolean isEnabled,
            String host,
            int port,
            boolean isIntercepting,
            List<String> tunnelHosts) {}

    /** The port in front of the agent gateway, and the gateway's own on 127.0.0.1. */
    public record Gateway(boolean isEnabled, int localPort, int targetPort) {}

    /** The watcher of SSH connections. */
    public record SshWatch(boolean isEnabled, Duration pollInterval) {}

    /**
     * How origins are reached and verified.
     *
     * @param noProxy the text of NO_PROXY: hosts reached without {@code upstreamProxy}; may be
     *     empty
     */
    public record Origins(
            Optional<Path> anchorsFile, Optional<ProxyAddress> upstreamProxy, String noProxy) {}

    /** What is kept, and where. */
    public record Records(
            Path folder, LogLevel level, Duration dedupWindow, Optional<Path> keylogFile) {}

    /** What is scanned, and for what; {@code maxScanBytes} 0 scans all of a message. */
    public record Scanning(
            int maxScanBytes,
            boolean isMasking,
            List<Path> rulesFiles,
            List<String> disabledRules) {}

    /** Bounds on what a client can hold. */
    public record Limits(
            Duration header,
            Duration connect,
            Duration idle,
            int maxHeaderBytes,
            int maxConnections) {}
}
