package clawsec.bench.detect;

import clawsec.detect.DecodeLimits;
import clawsec.detect.DetectConfig;
import clawsec.detect.Detector;
import clawsec.detect.Direction;
import clawsec.detect.MessageScan;
import clawsec.detect.Protocol;
import clawsec.detect.RuleSet;
import clawsec.detect.Subject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** One pass over a text as a message that arrives in pieces. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class ScanBenchmark {
    /** As a TLS record brings them. */
    private static final int PIECE_BYTES = 16_384;

    @Param("")
    public String file = "";

    /** Whether to look for literals with vectors, where the machine has them. */
    @Param("false")
    public boolean vectors;

    /** Whether to look into what the text decodes to. */
    @Param("false")
    public boolean decoding;

    private byte[] text = new byte[0];
    private Detector detector = Detector.of(RuleSet.builtIn(), DetectConfig.DEFAULT);
    private long findings;

    /** How often vectors may prove faster, should others disturb the machine. */
    private static final int TRIES = 5;

    /** Reads the text; everything of it is scanned. */
    @Setup
    public void open() throws IOException {
        text = Files.readAllBytes(Path.of(file));
        DecodeLimits limits = DetectConfig.DEFAULT.decodeLimits();
        DetectConfig config =
                new DetectConfig(
                        0,
                        DetectConfig.DEFAULT.maskSecrets(),
                        DetectConfig.DEFAULT.contentLimits(),
                        new DecodeLimits(
                                decoding ? limits.depth() : 0, limits.freeBytes(), limits.ratio()));
        detector = Detector.of(RuleSet.builtIn(), config);
        for (int i = 0; vectors && i < TRIES && !detector.accelerate(System::nanoTime); i++) {
            System.err.println("bench: vectors have not proved faster yet");
        }
    }

    /** The message as the proxy scans it. */
    @Benchmark
    public long scan() {
        Subject subject =
                new Subject(
                        Direction.INBOUND,
                        Protocol.HTTPS,
                        "127.0.0.1",
                        "a.example:443",
                        "GET",
                        "https://a.example/");
        try (MessageScan scan = detector.open(subject, finding -> findings++)) {
            for (int from = 0; from < text.length; from += PIECE_BYTES) {
                int length = Math.min(PIECE_BYTES, text.length - from);
                scan.content(ByteBuffer.wrap(text, from, length));
            }
            scan.end();
        }
        return findings;
    }
}
