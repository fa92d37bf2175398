package clawsec.proxy.relay;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Which hosts are never intercepted: exact names, and {@code *.example.com} for all names below
 * one. Immutable.
 */
public final class TunnelPolicy {
    private final boolean isEverything;
    private final Set<String> hosts = new HashSet<>();
    private final Set<String> parents = new HashSet<>();

    private TunnelPolicy(boolean isEverything) {
        this.isEverything = isEverything;
    }

    /** Nothing is intercepted when {@code intercept} is false, whatever the host. */
    public static TunnelPolicy of(boolean intercept, List<String> tunnelHosts) {
        TunnelPolicy policy = new TunnelPolicy(!intercept);
        for (String entry : tunnelHosts) {
            String host = normal(entry);
            if (host.startsWith("*.")) {
                policy.parents.add(host.substring(1));
            } else {
                policy.hosts.add(host);
            }
        }
        return policy;
    }

    /** True when connections to {@code host} are tunnelled blindly. */
    public boolean isBlind(String host) {
        String name = normal(host);
        if (isEverything || hosts.contains(name)) {
            return true;
        }
        for (int dot = name.indexOf('.'); dot > 0; dot = name.indexOf('.', dot + 1)) {
            if (parents.contains(name.substring(dot))) {
                return true;
            }
        }
        return false;
    }

    /** Names are compared without case, and without the dot that ends an absolute one. */
    private static String normal(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }
}
