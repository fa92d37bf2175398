package clawsec.bench;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Programs of this machine. */
final class Program {
    /** Where daemons lie that an ordinary user's PATH does not name. */
    private static final List<String> DAEMON_FOLDERS =
            List.of("/usr/sbin", "/usr/local/sbin", "/usr/lib/squid", "/usr/lib64/squid");

    private Program() {}

    /** The program of that name on the PATH or among the daemons. */
    static Optional<Path> find(String name) {
        List<String> folders = new ArrayList<>();
        String path = System.getenv("PATH");
        if (path != null) {
            folders.addAll(List.of(path.split(File.pathSeparator)));
        }
        folders.addAll(DAEMON_FOLDERS);
        return folders.stream()
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /**
     * The path of a program that the run has already found to be there.
     *
     * @throws IllegalStateException where it is not
     */
    static String path(String name) {
        return find(name)
                .orElseThrow(() -> new IllegalStateException(name + " was not looked for"))
                .toString();
    }
}
