package clawsec.proxy;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;

/**
 * What the proxy is asked to do.
 *
 * @param listen where agents connect; port 0 takes a free one
 * @param httpProxy false = only the gateway is served
 * @param intercept false = CONNECT is tunnelled blindly
 * @param tunnelHosts hosts never intercepted: names, or {@code *.example.com} for all below a name
 * @param upstream another proxy that origins are reached through
 */
public record ProxyConfig(
        InetSocketAddress listen,
        boolean httpProxy,
        boolean intercept,
        List<String> tunnelHosts,
        Optional<UpstreamProxy> upstream,
        Optional<GatewayConfig> gateway,
        ProxyLimits limits) {
    public ProxyConfig {
        tunnelHosts = List.copyOf(tunnelHosts);
    }
}
