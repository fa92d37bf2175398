package clawsec.bench.detect;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * What keeps decoders busiest: one sign of something encoded behind the other.
 *
 * @param name of the encoding
 * @param bytes {@link #BYTES} or a little less
 */
record HostileText(String name, byte[] bytes) {
    private static final int BYTES = 1 << 20;
    private static final long SEED = 1;

    private static final Map<String, String> UNITS =
            new TreeMap<>(
                    Map.ofEntries(
                            Map.entry("percent", "%41"),
                            Map.entry("percent-4", "%2525252541"),
                            Map.entry("json", "\\n"),
                            Map.entry("octal", "\\101"),
                            Map.entry("html", "&lt;"),
                            Map.entry("quoted", "=41"),
                            Map.entry("lookalike", "\u0430"),
                            Map.entry("backticks", "`echo a`"),
                            Map.entry("variables", "$a"),
                            Map.entry("pairs", "73 6b 2d 61 "),
                            Map.entry("hex", "68656c6c6f20"),
                            Map.entry("base64", "aGVsbG8gd29ybGQgaGVsbG8gd29y\n"),
                            Map.entry("slashes", "aB/"),
                            Map.entry("utf-16", "h\0")));

    /** One text an encoding, and one of all of them in turn. */
    static List<HostileText> all() {
        List<HostileText> all = new ArrayList<>();
        UNITS.forEach((name, unit) -> all.add(of(name, unit.repeat(BYTES / unit.length()))));
        List<String> units = List.copyOf(UNITS.values());
        Random random = new Random(SEED);
        StringBuilder mixed = new StringBuilder();
        while (mixed.length() < BYTES) {
            mixed.append(units.get(random.nextInt(units.size())));
        }
        all.add(of("mixed", mixed.toString()));
        return all;
    }

    private static HostileText of(String name, String text) {
        return new HostileText(name, text.getBytes(StandardCharsets.UTF_8));
    }
}
