package clawsec.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Squid with ssl-bump, one worker as by default, nothing cached, nothing logged.
 *
 * @param name as in the table
 * @param readsClientHello true: {@code peek} at the ClientHello, then {@code bump}, as its
 *     documentation advises; it then opens one connection to the origin for each of the client's.
 *     False: {@code bump} at the CONNECT, blind to the server name, with pooled origin connections
 */
record Squid(String name, boolean readsClientHello) implements Peer {
    private static final String CERTIFICATE_PROGRAM = "security_file_certgen";
    private static final String ROOT_DROPS_TO = "nobody";
    private static final Pattern VERSION = Pattern.compile("Version (\\S+)");
    private static final String PEEK_THEN_BUMP =
            "acl hello at_step SslBump1\nssl_bump peek hello\nssl_bump bump all";
    private static final String BUMP_AT_CONNECT = "ssl_bump bump all";
    private static final String CONFIGURATION =
            """
            http_port 127.0.0.1:%1$d ssl-bump tls-cert=%2$s/ca.crt tls-key=%2$s/ca.key \
            generate-host-certificates=on dynamic_cert_mem_cache_size=4MB
            sslcrtd_program %3$s -s %2$s/certificates -M 4MB
            %4$s
            tls_outgoing_options cafile=%5$s
            http_access allow all
            cache deny all
            access_log none
            cache_store_log none
            cache_log %2$s/cache.log
            pid_filename %2$s/squid.pid
            coredump_dir %2$s
            netdb_filename none
            pinger_enable off
            shutdown_lifetime 0 seconds
            cache_effective_user %6$s
            """;

    @Override
    public boolean isSlowToWarm() {
        return false;
    }

    @Override
    public Optional<String> missing(Workspace workspace) throws IOException, InterruptedException {
        if (Program.find("squid").isEmpty()) {
            return Optional.of("no squid; on Debian: apt-get install squid-openssl");
        }
        if (!about(workspace).text().contains("--with-openssl")
                || Program.find(CERTIFICATE_PROGRAM).isEmpty()) {
            return Optional.of(
                    "this squid cannot intercept; on Debian: apt-get install squid-openssl");
        }
        return Optional.empty();
    }

    @Override
    public String version(Workspace workspace) throws IOException, InterruptedException {
        return "squid " + about(workspace).find(VERSION).orElse("?");
    }

    private static Output about(Workspace workspace) throws IOException, InterruptedException {
        return workspace.run(new Command("squid").with("-v").words(), Versions.LIMIT);
    }

    @Override
    public Target start(Workspace workspace, Origin origin)
            throws IOException, InterruptedException {
        Path folder = workspace.folder(name);
        ThrowawayCa ca = ThrowawayCa.make(workspace, folder, "Bench " + name + " CA");
        Command store = new Command(CERTIFICATE_PROGRAM).with("-c", "-s", folder + "/certificates");
        workspace.require(store.with("-M", "4MB").words());
        int port = Workspace.freePort();
        String text =
                CONFIGURATION.formatted(
                        port,
                        folder,
                        Program.path(CERTIFICATE_PROGRAM),
                        readsClientHello ? PEEK_THEN_BUMP : BUMP_AT_CONNECT,
                        origin.ca().certificate(),
                        ROOT_DROPS_TO);
        Path file = workspace.write(name + "/squid.conf", text);
        if (Workspace.isRoot()) {
            Workspace.hand(folder, ROOT_DROPS_TO);
        }
        // The service name keeps its shared memory apart from that of other instances.
        String service = "bench" + name.replace("-", "") + ProcessHandle.current().pid();
        Command command = new Command("squid").with("-N", "-d", "1", "-n", service);
        command.with("-f", file.toString());
        Service process = workspace.startService(name, command.words());
        process.awaitListening(port);
        return new Target(this, process, port, ca.certificate());
    }
}
