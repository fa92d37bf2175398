package clawsec.ctl;

import clawsec.ctl.config.MonitorConfig;
import clawsec.ctl.daemon.Reporter;
import clawsec.ctl.daemon.Wiring;
import clawsec.log.MonitorLog;
import clawsec.log.ThreatLog;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Map;

/** What {@code clawsec start} says once it listens. */
final class Announcement {
    private static final String ROW = "  %-8s %s";

    private Announcement() {}

    static void print(
            MonitorConfig config, Map<String, InetSocketAddress> listeners, Session session) {
        Path folder = config.records().folder();
        Terminal terminal = session.terminal();
        session.print(
                terminal.styled(Terminal.Style.BOLD, "ClawSec Monitor runs")
                        + " (process "
                        + ProcessHandle.current().pid()
                        + "); Ctrl-C or clawsec stop ends it");
        InetSocketAddress proxy = listeners.get("proxy");
        if (proxy != null) {
            String handling =
                    config.listening().isIntercepting()
                            ? " (HTTP and HTTPS, decrypted)"
                            : " (HTTP; HTTPS is not decrypted)";
            session.print(ROW.formatted("proxy", Reporter.text(proxy) + handling));
        }
        InetSocketAddress gateway = listeners.get("gateway");
        if (gateway != null) {
            String route =
                    Reporter.text(gateway) + " -> 127.0.0.1:" + config.gateway().targetPort();
            session.print(ROW.formatted("gateway", route));
        }
        session.print(ROW.formatted("threats", folder.resolve(ThreatLog.FILE_NAME)));
        session.print(ROW.formatted("log", folder.resolve(MonitorLog.FILE_NAME)));
        warn(config, listeners, session);
        if (proxy != null) {
            printShellLines(config, proxy, session);
        }
    }

    private static void warn(
            MonitorConfig config, Map<String, InetSocketAddress> listeners, Session session) {
        boolean isOpen =
                listeners.values().stream().anyMatch(a -> !a.getAddress().isLoopbackAddress());
        if (isOpen) {
            session.complain(
                    "listening beyond this machine: whoever reaches "
                            + config.listening().host()
                            + " can use it (proxy_host)");
        }
        if (!config.ignoredVariables().isEmpty()) {
            session.complain(
                    "no configuration keys, ignored: "
                            + String.join(", ", config.ignoredVariables()));
        }
        Wiring.noProxyWarning(config).ifPresent(session::complain);
    }

    /** Lines that make a POSIX shell's commands use the proxy and trust its root. */
    private static void printShellLines(
            MonitorConfig config, InetSocketAddress proxy, Session session) {
        String url = "http://" + Reporter.text(reachable(proxy));
        session.print("To send a shell's commands through it:");
        session.print("export http_proxy=%1$s https_proxy=%1$s".formatted(url));
        session.print("export HTTP_PROXY=%1$s HTTPS_PROXY=%1$s".formatted(url));
        if (config.listening().isIntercepting()) {
            String root =
                    ShellText.quoted(
                            config.records().folder().resolve(CaCommand.FILE_NAME).toString());
            session.print(
                    ("export SSL_CERT_FILE=%1$s CURL_CA_BUNDLE=%1$s REQUESTS_CA_BUNDLE=%1$s"
                                    + " NODE_EXTRA_CA_CERTS=%1$s")
                            .formatted(root));
        }
    }

    /** A listener on every address is reached from here by the loopback one. */
    private static InetSocketAddress reachable(InetSocketAddress listener) {
        return listener.getAddress().isAnyLocalAddress()
                ? new InetSocketAddress(InetAddress.getLoopbackAddress(), listener.getPort())
                : listener;
    }
}
