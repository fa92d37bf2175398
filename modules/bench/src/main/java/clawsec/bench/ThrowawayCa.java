package clawsec.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A certificate authority for the length of one run, EC P-256 like this proxy's own, so that every
 * proxy signs and shows the same kind of certificate.
 *
 * @param certificate PEM
 * @param key PEM, unencrypted
 */
record ThrowawayCa(Path certificate, Path key) {
    private static final List<String> NEW_REQUEST =
            List.of("req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1");

    static ThrowawayCa make(Workspace workspace, Path folder, String name)
            throws IOException, InterruptedException {
        ThrowawayCa ca = new ThrowawayCa(folder.resolve("ca.crt"), folder.resolve("ca.key"));
        Command request = new Command("openssl").with(NEW_REQUEST).with("-nodes", "-x509");
        request.with("-days", "2", "-subj", "/CN=" + name, "-out", ca.certificate.toString());
        request.with("-keyout", ca.key.toString());
        request.with("-addext", "keyUsage=critical,keyCertSign");
        workspace.require(request.words());
        return ca;
    }

    /** Issues a server certificate for {@code localhost}; its key is beside it. */
    Path issue(Workspace workspace, Path folder) throws IOException, InterruptedException {
        Path request = folder.resolve("origin.csr");
        Path leaf = folder.resolve("origin.crt");
        Path extensions = folder.resolve("origin.ext");
        Files.writeString(
                extensions,
                "subjectAltName=DNS:localhost\nextendedKeyUsage=serverAuth\n"
                        + "basicConstraints=CA:FALSE\n");
        Command asking = new Command("openssl").with(NEW_REQUEST).with("-nodes");
        asking.with("-subj", "/CN=localhost", "-out", request.toString());
        workspace.require(asking.with("-keyout", folder.resolve("origin.key").toString()).words());
        Command signing = new Command("openssl").with("x509", "-req", "-days", "2");
        signing.with("-in", request.toString(), "-out", leaf.toString(), "-set_serial", "1");
        signing.with("-CA", certificate.toString(), "-CAkey", key.toString());
        workspace.require(signing.with("-extfile", extensions.toString()).words());
        return leaf;
    }
}
