package clawsec.ctl.daemon;

import clawsec.ctl.config.ConfigException;
import clawsec.ctl.config.ConfigKeys;
import clawsec.ctl.config.MonitorConfig;
import clawsec.detect.DecodeLimits;
import clawsec.detect.DetectConfig;
import clawsec.http.content.ContentLimits;
import clawsec.proxy.GatewayConfig;
import clawsec.proxy.NoProxy;
import clawsec.proxy.ProxyConfig;
import clawsec.proxy.ProxyLimits;
import clawsec.proxy.UpstreamProxy;
import clawsec.tls.TlsConfig;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;

/** Makes the modules' own configuration records from the one of the whole. */
public final class Wiring {
    private Wiring() {}

    /**
     * @throws ConfigException when {@code proxy_host} has no address
     */
    static ProxyConfig proxy(MonitorConfig config) throws ConfigException {
        MonitorConfig.Listening listening = config.listening();
        MonitorConfig.Gateway gateway = config.gateway();
        InetSocketAddress listen = new InetSocketAddress(listening.host(), listening.port());
        if (listen.isUnresolved()) {
            throw new ConfigException(
                    config.place(ConfigKeys.PROXY_HOST)
                            + " is "
                            + listening.host()
                            + ", which has no address; allowed is a host name or an IP address");
        }
        return new ProxyConfig(
                listen,
                listening.isEnabled(),
                listening.isIntercepting(),
                listening.tunnelHosts(),
                config.origins()
                        .upstreamProxy()
                        .map(proxy ->
                                new UpstreamProxy(
                                        proxy.authority(),
                                        proxy.credentials(),
                                        exceptions(config))),
                gateway.isEnabled()
                        ? Optional.of(
                                new GatewayConfig(
                                        // Whoever reaches a gateway steers the agent: only this
                                        // machine may, whatever proxy_host says.
                                        new InetSocketAddress(
                                                InetAddress.ofLiteral("127.0.0.1"),
                                                gateway.localPort()),
                                        gateway.targetPort()))
                        : Optional.empty(),
                limits(config.limits()));
    }

    /**
     * What is said of the entries of NO_PROXY that were not understood. They may be meant for other
     * programs, so they do not stop the start; without an upstream proxy none is needed.
     */
    public static Optional<String> noProxyWarning(MonitorConfig config) {
        List<String> ignored = exceptions(config).ignored();
        return config.origins().upstreamProxy().isEmpty() || ignored.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        "NO_PROXY: not understood, ignored: "
                                + String.join(", ", ignored)
                                + "; allowed are host names, IP addresses, each with or without"
                                + " :port, networks such as 10.0.0.0/8, and *");
    }

    private static NoProxy exceptions(MonitorConfig config) {
        return NoProxy.parse(config.origins().noProxy());
    }

    static TlsConfig tls(MonitorConfig config) {
        return new TlsConfig(config.origins().anchorsFile(), config.records().keylogFile());
    }

    public static DetectConfig detection(MonitorConfig config) {
        return new DetectConfig(
                config.scanning().maxScanBytes(),
                config.scanning().isMasking(),
                ContentLimits.DEFAULT,
                DecodeLimits.DEFAULT);
    }

    private static ProxyLimits limits(MonitorConfig.Limits limits) {
        return new ProxyLimits(
                limits.header(),
                limits.connect(),
                limits.idle(),
                limits.maxHeaderBytes(),
                limits.maxConnections(),
                ProxyLimits.CONNECTION_BYTES);
    }
}
