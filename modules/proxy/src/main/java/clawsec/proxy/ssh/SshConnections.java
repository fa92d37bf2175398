package clawsec.proxy.ssh;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The established connections to port 22, as the system lists them now. */
public interface SshConnections {
    List<SshConnection> list();

    /** Reads {@code /proc/net} where there is one, and asks netstat elsewhere. */
    static SshConnections ofSystem() {
        Path proc = Path.of("/proc/net");
        return Files.isReadable(proc.resolve("tcp")) ? ofProc(proc) : SshConnections::askNetstat;
    }

    /** Reads {@code tcp} and {@code tcp6} in a folder; a table that is not there is empty. */
    static SshConnections ofProc(Path folder) {
        return () -> {
            List<SshConnection> found = new ArrayList<>();
            for (String table : List.of("tcp", "tcp6")) {
                try {
                    found.addAll(
                            ConnectionTables.parseProc(Files.readAllLines(folder.resolve(table))));
                } catch (IOException noSuchTable) {
                    System.getLogger("clawsec.proxy")
                            .log(
                                    System.Logger.Level.DEBUG,
                                    () -> "cannot read " + table + ": " + noSuchTable);
                }
            }
            return found;
        };
    }

    private static List<SshConnection> askNetstat() {
        try {
            Process netstat =
                    new ProcessBuilder("netstat", "-an", "-p", "tcp")
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
            try (InputStream output = netstat.getInputStream()) {
                String text = new String(output.readAllBytes(), StandardCharsets.US_ASCII);
                return ConnectionTables.parseNetstat(text.lines().toList());
            }
        } catch (IOException notThere) {
            return List.of();
        }
    }
}
