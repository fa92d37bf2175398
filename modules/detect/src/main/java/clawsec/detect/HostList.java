package clawsec.detect;

import java.util.List;

/**
 * Hosts, as a rule file lists them: of those entries that match a host the last one decides, and
 * one that is written with {@code !} in front takes hosts out.
 */
record HostList(List<Entry> entries) {
    static final HostList NONE = new HostList(List.of());

    /** What an entry begins with that takes hosts out. */
    static final String EXCEPT = "!";

    record Entry(HostPattern pattern, boolean isIn) {}

    HostList {
        entries = List.copyOf(entries);
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    /**
     * @param host in any letter case, without port
     */
    boolean holds(String host) {
        boolean isHeld = false;
        for (Entry entry : entries) {
            if (entry.isIn != isHeld && entry.pattern.matches(host)) {
                isHeld = entry.isIn;
            }
        }
        return isHeld;
    }
}
