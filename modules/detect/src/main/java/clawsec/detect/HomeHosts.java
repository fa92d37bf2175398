package clawsec.detect;

import java.util.List;

/**
 * What a rule file says of where secrets with a certain beginning are at home.
 *
 * @param prefix an expression for the beginning
 * @param hosts of the provider whose secrets begin so, as {@link SecretRule#homeHosts}
 */
public record HomeHosts(String prefix, List<String> hosts) {
    public HomeHosts {
        hosts = List.copyOf(hosts);
    }
}
