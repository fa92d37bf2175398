package clawsec.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/** What the figures were measured on. */
final class Versions {
    /** How long a program may take to say what it is. */
    static final Duration LIMIT = Duration.ofSeconds(20);

    private static final Pattern PRETTY_NAME = Pattern.compile("PRETTY_NAME=\"?([^\"\\n]*)");
    private static final Pattern MODEL = Pattern.compile("model name\\s*:\\s*(.*)");
    private static final Pattern MEMORY = Pattern.compile("MemTotal:\\s*(\\d+) kB");
    private static final Pattern LOAD = Pattern.compile("(\\S+)");
    private static final Pattern DEBIAN_VERSION = Pattern.compile("^(\\d\\S*)");

    private Versions() {}

    /** Processor, memory and system in one line. */
    static String machine() throws IOException {
        long kilobytes = Long.parseLong(find("/proc/meminfo", MEMORY, "0"));
        return "%d x %s, %d GB, %s, %s %s"
                .formatted(
                        Runtime.getRuntime().availableProcessors(),
                        find("/proc/cpuinfo", MODEL, System.getProperty("os.arch")),
                        Math.round(kilobytes / 1024.0 / 1024.0),
                        find("/etc/os-release", PRETTY_NAME, "unknown system"),
                        System.getProperty("os.name"),
                        System.getProperty("os.version"));
    }

    /** How many threads wanted a processor on average in the last minute; 0 where unknown. */
    static double loadAverage() throws IOException {
        return Double.parseDouble(find("/proc/loadavg", LOAD, "0"));
    }

    /** wrk and hey; hey does not know its own version, so that Debian is asked. */
    static String loadGenerators(Workspace workspace) throws IOException, InterruptedException {
        String wrk = workspace.run(new Command("wrk").with("-v").words(), LIMIT).firstLine();
        String hey = "hey";
        if (Program.find("dpkg-query").isPresent()) {
            List<String> query = List.of("-W", "-f", "${Version}", "hey");
            Command command = new Command("dpkg-query").with(query);
            hey += " " + workspace.run(command.words(), LIMIT).find(DEBIAN_VERSION).orElse("");
        }
        return wrk.replaceAll(" \\[.*", "") + "; " + hey.strip();
    }

    private static String find(String file, Pattern pattern, String otherwise) throws IOException {
        Path path = Path.of(file);
        if (!Files.isReadable(path)) {
            return otherwise;
        }
        return new Output(0, Files.readString(path)).find(pattern).orElse(otherwise);
    }
}
