package clawsec.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** mitmproxy without its screen. Long bodies are streamed; left alone it holds each one whole. */
record Mitmproxy() implements Peer {
    @Override
    public String name() {
        return "mitmproxy";
    }

    @Override
    public boolean isSlowToWarm() {
        return false;
    }

    @Override
    public Optional<String> missing(Workspace workspace) {
        return Program.find("mitmdump").isPresent()
                ? Optional.empty()
                : Optional.of("no mitmdump; on Debian: apt-get install mitmproxy");
    }

    @Override
    public String version(Workspace workspace) throws IOException, InterruptedException {
        Command command = new Command("mitmdump").with("--version");
        return workspace.run(command.words(), Versions.LIMIT).firstLine();
    }

    @Override
    public Target start(Workspace workspace, Origin origin)
            throws IOException, InterruptedException {
        Path folder = workspace.folder(name());
        ThrowawayCa ca = ThrowawayCa.make(workspace, folder, "Bench mitmproxy CA");
        Files.writeString(
                folder.resolve("mitmproxy-ca.pem"),
                Files.readString(ca.key()) + Files.readString(ca.certificate()));
        int port = Workspace.freePort();
        Command command = new Command("mitmdump").with("--quiet", "--listen-host", "127.0.0.1");
        command.with("--listen-port", String.valueOf(port));
        command.with("--set", "confdir=" + folder, "--set", "flow_detail=0");
        command.with("--set", "stream_large_bodies=1m");
        command.with("--set", "ssl_verify_upstream_trusted_ca=" + origin.ca().certificate());
        Service service = workspace.startService(name(), command.words());
        service.awaitListening(port);
        return new Target(this, service, port, ca.certificate());
    }
}
