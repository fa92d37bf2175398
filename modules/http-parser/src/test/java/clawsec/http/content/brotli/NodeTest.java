package clawsec.http.content.brotli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import clawsec.http.content.brotli.BrotliDecoder.Outcome;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Against the encoder and decoder of Node; skipped, visibly, where there is none. */
class NodeTest {
    private static final Path SCRIPT =
            Path.of(
                    System.getProperty("clawsec.root", "."),
                    "testdata",
                    "brotli",
                    "random-streams.mjs");

    /** What that decoder refuses only when it has read a code to its end. */
    private static final Set<Fault> SEEN_EARLIER = Set.of(Fault.CODE_LENGTHS, Fault.SYMBOL_TWICE);

    private static final int OK = 1;
    private static final int CUT_SHORT = 2;

    @Test
    void streamsOfTheEncoder_giveTheirContents() throws IOException, InterruptedException {
        assertEquals(400, compare("whole", 400));
    }

    /** What breaks a stream for one breaks it for the other, and what does not gives the same. */
    @Test
    void damagedStreams_areJudgedTheSame() throws IOException, InterruptedException {
        assertEquals(2_000, compare("damaged", 2_000));
    }

    private static int compare(String kind, int count) throws IOException, InterruptedException {
        assumeTrue(hasNode(), "no node on the path");
        Process node =
                new ProcessBuilder("node", SCRIPT.toString(), kind, String.valueOf(count))
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        int cases = 0;
        try (DataInputStream in =
                new DataInputStream(new BufferedInputStream(node.getInputStream()))) {
            for (; cases < count; cases++) {
                byte[] stream = in.readNBytes(in.readInt());
                int verdict = in.readByte();
                byte[] content = in.readNBytes(in.readInt());
                check(stream, verdict, content);
            }
        } finally {
            node.destroy();
        }
        assertTrue(node.waitFor(30, TimeUnit.SECONDS));
        return cases;
    }

    private static void check(byte[] stream, int verdict, byte[] content) {
        Run run = Run.of(stream);
        assertEquals(run, Run.ofPieces(stream, 1 + stream.length % 13));
        if (verdict == OK) {
            assertEquals(Outcome.FINISHED, run.outcome());
            assertEquals(new String(content, ISO_8859_1), run.output());
        } else if (verdict == CUT_SHORT) {
            assertTrue(
                    run.outcome() == Outcome.NEEDS_INPUT
                            || SEEN_EARLIER.contains(run.fault().orElseThrow()),
                    run::toString);
        } else {
            assertEquals(Outcome.BROKEN, run.outcome());
        }
    }

    private static boolean hasNode() throws InterruptedException {
        try {
            Process node = new ProcessBuilder("node", "-e", "zlib.brotliCompressSync('')").start();
            return node.waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
