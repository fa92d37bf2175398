package clawsec.bench;

import java.io.IOException;
import java.util.Optional;

/** No proxy: what the origin and the load generator can do on this machine. */
record Direct() implements Peer {
    @Override
    public String name() {
        return "nginx";
    }

    @Override
    public boolean isSlowToWarm() {
        return false;
    }

    @Override
    public Optional<String> missing(Workspace workspace) {
        return Optional.empty();
    }

    @Override
    public String version(Workspace workspace) throws IOException, InterruptedException {
        return workspace.run(new Command("nginx").with("-v").words(), Versions.LIMIT).firstLine();
    }

    @Override
    public Target start(Workspace workspace, Origin origin) {
        return new Target(this, origin.service(), 0, origin.ca().certificate());
    }
}
