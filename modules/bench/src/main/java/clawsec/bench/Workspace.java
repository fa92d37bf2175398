package clawsec.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A temporary folder and the processes started in it. Closing ends the processes by their ids, the
 * last one first, and removes the folder; the end of this JVM (Ctrl-C too) closes. Guarded by its
 * own lock.
 */
final class Workspace implements AutoCloseable {
    private static final Duration GRACE = Duration.ofSeconds(5);
    private static final Duration PREPARATION_LIMIT = Duration.ofSeconds(30);

    private final Path folder;
    private final List<Process> live = new ArrayList<>();
    private boolean closed;

    private Workspace(Path folder) {
        this.folder = folder;
    }

    /** Makes the folder; daemons that give up root's rights can still look into it. */
    static Workspace open() throws IOException {
        Path folder = Files.createTempDirectory("clawsec-bench-");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        Workspace workspace = new Workspace(folder);
        Runtime.getRuntime().addShutdownHook(new Thread(workspace::close, "end-processes"));
        return workspace;
    }

    Path folder(String name) throws IOException {
        return Files.createDirectories(folder.resolve(name));
    }

    Path write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(folder);
        return Files.writeString(file, text);
    }

    /** Starts a process that lives until this workspace closes; both its outputs go to the log. */
    Service startService(String name, List<String> command) throws IOException {
        Path log = folder.resolve(name + ".out");
        return new Service(name, start(command, ProcessBuilder.Redirect.to(log.toFile())), log);
    }

    /**
     * Runs a command to its end.
     *
     * @throws IOException when it does not end within the limit, or cannot start
     */
    Output run(List<String> command, Duration limit) throws IOException, InterruptedException {
        Path file = Files.createTempFile(folder, "run-", ".out");
        Process process = start(command, ProcessBuilder.Redirect.to(file.toFile()));
        try {
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IOException(
                        "'%s' did not end within %d s; end it or raise the limit"
                                .formatted(String.join(" ", command), limit.toSeconds()));
            }
            byte[] bytes = Files.readAllBytes(file);
            return new Output(process.exitValue(), new String(bytes, StandardCharsets.UTF_8));
        } finally {
            end(List.of(process));
            synchronized (this) {
                live.remove(process);
            }
            Files.deleteIfExists(file);
        }
    }

    /**
     * Runs a command that prepares something.
     *
     * @throws IOException with what it said when its exit status is not 0
     */
    void require(List<String> command) throws IOException, InterruptedException {
        Output output = run(command, PREPARATION_LIMIT);
        if (output.status() != 0) {
            throw new IOException(
                    "'%s' ended with status %d; it said:%n%s"
                            .formatted(String.join(" ", command), output.status(), output.text()));
        }
    }

    private synchronized Process start(List<String> command, ProcessBuilder.Redirect output)
            throws IOException {
        if (closed) {
            throw new IOException("the run is ending; " + command.getFirst() + " is not started");
        }
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(Workspace::wouldDistort);
        builder.redirectErrorStream(true).redirectOutput(output);
        builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        Process process = builder.start();
        live.add(process);
        return process;
    }

    /** Variables by which the caller's shell would steer what is measured. */
    private static boolean wouldDistort(String variable) {
        return variable.startsWith("CLAWSEC_") || variable.toLowerCase().endsWith("_proxy");
    }

    /** A port of the loopback interface that was free a moment ago. */
    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Root's daemons drop to this user; anyone else's stay as they are. */
    static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    /** Gives all of a folder to a user that a daemon drops to. */
    static void hand(Path folder, String user) throws IOException {
        UserPrincipal owner =
                folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(user);
        try (var files = Files.walk(folder)) {
            for (Path file : files.toList()) {
                Files.setOwner(file, owner);
            }
        }
    }

    synchronized boolean isClosed() {
        return closed;
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        end(live.reversed());
        try {
            delete(folder);
        } catch (IOException left) {
            System.err.println("bench: " + folder + " is left behind: " + left.getMessage());
        }
    }

    /** Asks all, waits for all, and then forces what is left of them and of their children. */
    private static void end(List<Process> processes) {
        List<ProcessHandle> handles = new ArrayList<>();
        for (Process process : processes) {
            handles.add(process.toHandle());
            process.descendants().forEach(handles::add);
            process.destroy();
        }
        long deadline = System.nanoTime() + GRACE.toNanos();
        for (Process process : processes) {
            process.onExit()
                    .completeOnTimeout(process, deadline - System.nanoTime(), TimeUnit.NANOSECONDS)
                    .join();
        }
        handles.forEach(ProcessHandle::destroyForcibly);
    }

    private static void delete(Path folder) throws IOException {
        Files.walkFileTree(
                folder,
                new SimpleFileVisitor<Path>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                            throws IOException {
                        Files.delete(file);
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult postVisitDirectory(Path path, IOException failure)
                            throws IOException {
                        Files.delete(path);
                        return FileVisitResult.CONTINUE;
                    }
                });
    }
}
