package clawsec.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What a run is asked to do.
 *
 * @param budget how long the whole run should take
 * @param peers names of the peers to measure, in the order they are shown
 * @param rows identifiers of the rows to measure, in the order they are shown
 * @param image folder of the linked image of this proxy
 */
record Settings(Duration budget, List<String> peers, List<String> rows, Path image) {
    static final Path DEFAULT_IMAGE = Path.of("jlink/target/clawsec");
    static final int DEFAULT_SECONDS = 300;
    static final int MIN_SECONDS = 10;
    static final int MAX_SECONDS = 7200;

    Settings {
        peers = List.copyOf(peers);
        rows = List.copyOf(rows);
    }

    /**
     * Reads {@code BENCH_SECONDS}, {@code BENCH_PEERS}, {@code BENCH_ROWS} and {@code BENCH_IMAGE}.
     *
     * @throws IllegalArgumentException naming the variable, its value and what is allowed
     */
    static Settings parse(
            Map<String, String> environment, List<String> knownPeers, List<String> knownRows) {
        String image = environment.getOrDefault("BENCH_IMAGE", "");
        return new Settings(
                Duration.ofSeconds(seconds(environment.getOrDefault("BENCH_SECONDS", ""))),
                names(environment, "BENCH_PEERS", knownPeers),
                names(environment, "BENCH_ROWS", knownRows),
                image.isBlank() ? DEFAULT_IMAGE : Path.of(image));
    }

    private static int seconds(String text) {
        if (text.isBlank()) {
            return DEFAULT_SECONDS;
        }
        String wrong =
                "BENCH_SECONDS is '%s'; allowed are whole seconds from %d to %d"
                        .formatted(text, MIN_SECONDS, MAX_SECONDS);
        try {
            int seconds = Integer.parseInt(text.strip());
            if (seconds < MIN_SECONDS || seconds > MAX_SECONDS) {
                throw new IllegalArgumentException(wrong);
            }
            return seconds;
        } catch (NumberFormatException notNumber) {
            throw new IllegalArgumentException(wrong, notNumber);
        }
    }

    private static List<String> names(
            Map<String, String> environment, String variable, List<String> known) {
        String text = environment.getOrDefault(variable, "");
        if (text.isBlank()) {
            return known;
        }
        List<String> names = List.of(text.strip().split("[,\\s]+"));
        for (String name : names) {
            if (!known.contains(name)) {
                throw new IllegalArgumentException(
                        "%s names '%s'; allowed are %s"
                                .formatted(variable, name, String.join(", ", known)));
            }
        }
        return names.stream().distinct().toList();
    }
}
