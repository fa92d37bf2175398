package clawsec.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/** curl: one transfer, with its certificate checked. */
record Curl(Workspace workspace) {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Pattern DONE = Pattern.compile("bench-done (\\d+ \\d+ [0-9.]+)");

    /**
     * A transfer that ended with status 200.
     *
     * @param seconds from the start of the connection to the last byte
     */
    record Transfer(long bytes, double seconds) {}

    /**
     * @throws IOException when the answer is not a whole 200, or is signed by another authority
     */
    Transfer fetch(Target target, String url, List<String> more)
            throws IOException, InterruptedException {
        Command command = new Command("curl").with("--silent", "--show-error", "--fail");
        command.with("--cacert", target.anchor().toString(), "--output", "/dev/null");
        command.with("--write-out", "bench-done %{http_code} %{size_download} %{time_total}\\n");
        command.with(target.throughProxy()).with(more).with(url);
        Output output = workspace.run(command.words(), LIMIT);
        String[] words = output.find(DONE).orElse("0 0 0").split(" ");
        target.service().requireAlive();
        if (output.status() != 0 || !words[0].equals("200")) {
            throw new IOException(
                    "%s does not serve %s:%n%s".formatted(target.name(), url, output.text()));
        }
        return new Transfer(Long.parseLong(words[1]), Double.parseDouble(words[2]));
    }
}
