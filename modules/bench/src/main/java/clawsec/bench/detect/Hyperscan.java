package clawsec.bench.detect;

import clawsec.detect.Rule;
import clawsec.detect.RuleSet;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Hyperscan over the built-in rules, through a small program that is built when it is first used.
 */
final class Hyperscan {
    private static final Path SOURCE = Path.of("modules/bench/src/main/c/hyperscan-scan.c");
    private static final int PATIENCE_SECONDS = 120;

    private final Path program;
    private final Path rules;

    private Hyperscan(Path program, Path rules) {
        this.program = program;
        this.rules = rules;
    }

    /** Empty, and says why on standard error, where it cannot be built. */
    static Optional<Hyperscan> build(Path folder) throws IOException, InterruptedException {
        Path program = folder.resolve("hyperscan-scan");
        try {
            String said =
                    run(List.of("cc", "-O2", "-o", program.toString(), SOURCE.toString(), "-lhs"));
            if (!Files.isExecutable(program)) {
                return missing(said.lines().findFirst().orElse("cc failed"));
            }
        } catch (IOException noCompiler) {
            return missing(String.valueOf(noCompiler.getMessage()));
        }
        Path rules = folder.resolve("rules.tsv");
        List<String> lines = new ArrayList<>();
        for (Rule rule : RuleSet.builtIn().rules()) {
            lines.add((rule.isCaseInsensitive() ? "i" : "-") + "\t" + rule.spelledOutRegex());
        }
        Files.write(rules, lines);
        return Optional.of(new Hyperscan(program, rules));
    }

    private static Optional<Hyperscan> missing(String why) {
        System.err.println(
                "bench: SKIPPED Hyperscan: "
                        + why
                        + " (sudo apt-get install -y gcc libhyperscan-dev)");
        return Optional.empty();
    }

    /** Megabytes (of 10^6 bytes) a second over one file. */
    double megabytesPerSecond(Path file, int seconds) throws IOException, InterruptedException {
        String said =
                run(
                        List.of(
                                program.toString(),
                                rules.toString(),
                                Integer.toString(seconds),
                                file.toString()));
        for (String line : said.lines().toList()) {
            String[] cells = line.split("\t", -1);
            if (cells[0].equals(file.toString())) {
                return Double.parseDouble(cells[1]);
            }
        }
        throw new IOException("hyperscan-scan says " + said);
    }

    private static String run(List<String> command) throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException(command.getFirst() + " goes on");
        }
        return said;
    }
}
