package clawsec.detect.expression;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Counts the bytes of traffic and prints them in the notation of {@code traffic.txt}, which says
 * what was counted. Each argument is a file, or a folder of files, of one kind; each kind has the
 * same weight.
 */
final class TrafficCount {
    private static final int MOST_BYTES = 4_000_000;
    private static final int FOURS = 12_000;

    private final double[] single = new double[Rarity.CLASSES];
    private final double[][] pairs = new double[Rarity.CLASSES][Rarity.CLASSES];
    private final Map<String, Double> fours = new HashMap<>();
    private double total;

    public static void main(String[] arguments) throws IOException {
        TrafficCount count = new TrafficCount();
        for (String argument : arguments) {
            count.add(read(Path.of(argument)));
        }
        count.lines().forEach(System.out::println);
    }

    private static byte[] read(Path path) throws IOException {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.walk(path)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                all.append(Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        all.setLength(Math.min(all.length(), MOST_BYTES));
        return all.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private void add(byte[] bytes) {
        double weight = 1.0 / bytes.length;
        total++;
        for (int i = 0; i < bytes.length; i++) {
            int now = Rarity.classOf(bytes[i] & 0xff);
            single[now] += weight;
            if (i > 0) {
                pairs[Rarity.classOf(bytes[i - 1] & 0xff)][now] += weight;
            }
            if (i >= 3) {
                String four = new String(bytes, i - 3, 4, StandardCharsets.ISO_8859_1);
                if (four.chars().allMatch(c -> c >= ' ' && c <= '~')) {
                    fours.merge(four, weight, Double::sum);
                }
            }
        }
    }

    private List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(line(single, total));
        for (int row = 0; row < Rarity.CLASSES; row++) {
            lines.add(line(pairs[row], single[row]));
        }
        Map<Character, StringBuilder> byShare = new TreeMap<>();
        fours.entrySet().stream()
                .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
                .limit(FOURS)
                .map(Map.Entry::getKey)
                .sorted()
                .forEach(four ->
                        byShare.computeIfAbsent(
                                        code(fours.getOrDefault(four, 0.0) / total),
                                        _ -> new StringBuilder())
                                .append(four));
        byShare.forEach((share, all) -> lines.add(share + all.toString() + "|"));
        return lines;
    }

    private static String line(double[] counts, double all) {
        StringBuilder line = new StringBuilder();
        for (double count : counts) {
            // One more that was not seen.
            line.append(code((count + 1e-7) / (all + 1e-7 * Rarity.CLASSES)));
        }
        return line.append('|').toString();
    }

    private static char code(double share) {
        long halvings = Math.round(-2 * Math.log(share) / Math.log(2));
        return (char) (Rarity.CERTAIN + Math.min(halvings, '~' - Rarity.CERTAIN));
    }
}
