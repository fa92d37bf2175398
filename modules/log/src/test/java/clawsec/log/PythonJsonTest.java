package clawsec.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import clawsec.detect.Finding;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Another implementation's readers and writers of JSON and of ISO 8601 agree with ours. */
@Timeout(60)
class PythonJsonTest {
    /** Prints each line of a file as Python writes it: once the way we do, once its own way. */
    private static final String SCRIPT =
            """
            import datetime, json, sys
            fields = ["direction", "protocol", "threat_type", "pattern", "snippet", "source",
                      "dest", "timestamp"]
            for line in open(sys.argv[1], encoding="utf-8", newline="\\n"):
                record = json.loads(line)
                assert list(record)[:8] == fields, list(record)
                time = datetime.datetime.fromisoformat(record["timestamp"])
                record["timestamp"] = time.isoformat(timespec="microseconds")
                sys.stdout.buffer.write(json.dumps(
                    record, ensure_ascii=False, separators=(",", ":")).encode() + b"\\n")
                sys.stdout.buffer.write(json.dumps(record).encode() + b"\\n")
            """;

    private static final List<String> TEXTS =
            List.of(
                    "plain",
                    "quote \" backslash \\ slash /",
                    "\n\r\t\0\33",
                    "\u00e9 \u4e2d \ud83d\ude00",
                    "{\"json\":[1,2]}",
                    "");

    @TempDir Path temporary;

    @Test
    void lines_throughPython_comeBackTheSame() throws Exception {
        List<String> ours =
                IntStream.range(0, TEXTS.size())
                        .mapToObj(i -> json(TEXTS.get(i), i * 999_999_000L / TEXTS.size()))
                        .toList();
        Path file = temporary.resolve("threats.jsonl");
        Files.writeString(file, String.join("\n", ours) + "\n");
        List<String> theirs = python(file);
        assertEquals(ours.size() * 2, theirs.size());
        for (int i = 0; i < ours.size(); i++) {
            assertEquals(ours.get(i), theirs.get(2 * i));
            ThreatLine line = parse(theirs.get(2 * i + 1));
            assertEquals(TEXTS.get(i), line.snippet());
            assertEquals(parse(ours.get(i)).timestamp(), line.timestamp());
        }
    }

    private static String json(String text, long nanos) {
        Finding finding = Samples.finding(Samples.API, "ai_api_key", text);
        return new Threat(finding, Instant.ofEpochSecond(1_771_508_519L, nanos)).toJson();
    }

    private static ThreatLine parse(String line) {
        return ThreatLineParser.parse(ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8)))
                .orElseThrow();
    }

    private List<String> python(Path file) throws Exception {
        Path script = Files.writeString(temporary.resolve("lines.py"), SCRIPT);
        ProcessBuilder builder =
                new ProcessBuilder("python3", "-X", "utf8", script.toString(), file.toString());
        Path errors = temporary.resolve("errors");
        builder.redirectError(errors.toFile());
        Process python;
        try {
            python = builder.start();
        } catch (IOException missing) {
            assumeTrue(false, "python3 is not installed");
            return List.of();
        }
        List<String> lines;
        try (var out = python.inputReader(StandardCharsets.UTF_8)) {
            lines = out.lines().toList();
        }
        assertTrue(python.waitFor(30, TimeUnit.SECONDS));
        assertEquals(0, python.exitValue(), Files.readString(errors));
        return lines;
    }
}
