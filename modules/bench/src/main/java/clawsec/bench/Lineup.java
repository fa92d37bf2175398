package clawsec.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds out who can take part, and brings them to the start. */
record Lineup(Workspace workspace) {
    /** The peer that ratios are to. */
    static final String BASELINE = "squid";

    /** All that is known to be measured, in the order shown. */
    static List<Peer> peers(Path image) {
        return List.of(
                new Clawsec(image),
                new Squid(BASELINE, true),
                new Squid("squid-connect", false),
                new Mitmproxy(),
                new Direct());
    }

    /**
     * @throws IOException naming every program that is missing, and the packages to install
     */
    void requirePrograms() throws IOException {
        Map<String, String> packages = new LinkedHashMap<>();
        packages.put("nginx", "nginx-light");
        packages.put("openssl", "openssl");
        packages.put("curl", "curl");
        packages.put("wrk", "wrk");
        packages.put("hey", "hey");
        packages.put("h2load", "nghttp2-client");
        packages.put("gcc", "gcc");
        packages.keySet().removeIf(program -> Program.find(program).isPresent());
        if (!packages.isEmpty()) {
            throw new IOException(
                    "missing: %s; on Debian: apt-get install %s"
                            .formatted(
                                    String.join(", ", packages.keySet()),
                                    String.join(" ", packages.values())));
        }
    }

    /** Those of the wanted that this machine has; says why the others are left out. */
    List<Peer> present(List<Peer> wanted) throws IOException, InterruptedException {
        List<Peer> present = new ArrayList<>();
        for (Peer peer : wanted) {
            Optional<String> missing = peer.missing(workspace);
            if (missing.isPresent()) {
                leaveOut(peer, missing.get());
            } else {
                present.add(peer);
            }
        }
        return present;
    }

    /**
     * Starts them. One that does not pass a plain and an intercepted request, under its own
     * certificate, is left out.
     *
     * @throws IOException when none is left
     */
    List<Target> start(List<Peer> peers, Origin origin) throws IOException, InterruptedException {
        List<Target> targets = new ArrayList<>();
        for (Peer peer : peers) {
            try {
                Target target = peer.start(workspace, origin);
                probe(target, origin.plainUrl(Origin.SMALL_PATH));
                probe(target, origin.secureUrl(Origin.SMALL_PATH));
                targets.add(target);
            } catch (IOException failure) {
                leaveOut(peer, String.valueOf(failure.getMessage()));
            }
        }
        if (targets.isEmpty()) {
            throw new IOException("nothing is left to measure");
        }
        return targets;
    }

    private void probe(Target target, String url) throws IOException, InterruptedException {
        long bytes = new Curl(workspace).fetch(target, url, List.of()).bytes();
        if (bytes != Origin.SMALL_BYTES) {
            throw new IOException(
                    "%s answers with %d bytes instead of %d"
                            .formatted(url, bytes, Origin.SMALL_BYTES));
        }
    }

    private static void leaveOut(Peer peer, String why) {
        System.out.println("left out: " + peer.name() + ": " + why);
    }
}
