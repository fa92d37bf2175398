package clawsec.detect;

import clawsec.detect.expression.Automaton;
import clawsec.detect.expression.Prepared;
import java.util.List;

/**
 * Where the secrets of a rule may go. Immutable.
 *
 * @param byPrefix homes of secrets that begin in certain ways; the first that fits counts
 * @param others homes of all others
 * @param tenants hosts of the provider where its customers' own code answers
 */
record Homes(List<Home> byPrefix, HostList others, HostList tenants) {
    /** What a host is to a secret. */
    enum Kin {
        /** Nobody knows: the rule names no host. */
        UNKNOWN,
        /** The provider itself. */
        HOME,
        /** A customer of the provider, the secret's owner or anybody else. */
        TENANT,
        FOREIGN
    }

    /**
     * @param prefix reads the beginning
     */
    record Home(Prepared<Automaton> prefix, HostList hosts) {}

    Homes {
        byPrefix = List.copyOf(byPrefix);
    }

    /**
     * @param match the secret with its prefix
     * @param host in any letter case, without port
     */
    Kin kin(byte[] match, String host) {
        HostList homes = homes(match);
        if (homes.holds(host)) {
            return Kin.HOME;
        }
        if (tenants.holds(host)) {
            return Kin.TENANT;
        }
        return homes.isEmpty() && tenants.isEmpty() ? Kin.UNKNOWN : Kin.FOREIGN;
    }

    private HostList homes(byte[] match) {
        int index = prefixOf(match);
        return index < 0 ? others : byPrefix.get(index).hosts;
    }

    /** Which of the beginnings a secret has, the first that fits; -1 for none. */
    int prefixOf(byte[] match) {
        int most = Math.min(match.length, CompiledRule.MAX_PREFIX_BYTES);
        for (int i = 0; i < byPrefix.size(); i++) {
            if (byPrefix.get(i).prefix.value().longestAt(match, 0, most) > 0) {
                return i;
            }
        }
        return -1;
    }
}
