package clawsec.http.content.brotli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import clawsec.http.content.brotli.BrotliDecoder.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The streams in testdata/brotli, and the contents that they stand for. */
class VectorsTest {
    private static final Path FOLDER =
            Path.of(System.getProperty("clawsec.root", "."), "testdata", "brotli");

    /** Up to this size a stream is cut in two at every offset. */
    private static final int SMALL_BYTES = 1_500;

    static List<String> streams() throws IOException {
        return names(".br");
    }

    static List<String> flushed() throws IOException {
        return names(".flushes");
    }

    @Test
    void folder_holdsEveryQualityAndWindow() throws IOException {
        List<String> names = streams();
        assertTrue(
                IntStream.rangeClosed(0, 11)
                        .allMatch(quality -> names.contains("prose.txt.q" + quality + "-w22.br")));
        assertTrue(
                IntStream.rangeClosed(10, 24)
                        .allMatch(window -> names.contains("prose.txt.q9-w" + window + ".br")));
        assertEquals(4, flushed().size());
    }

    @ParameterizedTest
    @MethodSource("streams")
    void stream_cutAnywhere_isItsContent(String name) {
        byte[] stream = bytes(name);
        Run run = stream.length <= SMALL_BYTES ? Run.ofAllSplits(stream) : Run.of(stream);
        assertEquals(text(content(name)), run.output());
        assertEquals(Outcome.FINISHED, run.outcome());
        assertEquals(0, run.unread());
        for (int size : new int[] {1, 2, 3, 7, 8, 9, 64, 1000}) {
            assertEquals(run, Run.ofPieces(stream, size), () -> "pieces of " + size);
        }
    }

    @ParameterizedTest
    @MethodSource("streams")
    void stream_cutShort_needsMoreAndGaveABeginning(String name) {
        byte[] stream = bytes(name);
        String content = text(content(name));
        int step = Math.max(1, stream.length / 200);
        int before = 0;
        for (int length = 0; length < stream.length; length += step) {
            Run run = Run.of(Arrays.copyOf(stream, length));
            assertEquals(Outcome.NEEDS_INPUT, run.outcome());
            assertEquals(Optional.empty(), run.fault());
            assertTrue(content.startsWith(run.output()));
            assertTrue(run.output().length() >= before);
            before = run.output().length();
        }
    }

    /** What the encoder flushed is given before anything that it wrote later has come. */
    @ParameterizedTest
    @MethodSource("flushed")
    void flush_givesAllThatWasWritten(String name) throws IOException {
        String stem = name.substring(0, name.length() - ".flushes".length());
        byte[] stream = bytes(stem + ".br");
        String content = text(content(stem));
        List<String> flushes = Files.readAllLines(FOLDER.resolve(name), US_ASCII);
        assertEquals(12, flushes.size());
        StringBuilder seen = new StringBuilder();
        BrotliDecoder decoder =
                new BrotliDecoder(
                        bytes -> {
                            seen.append(ISO_8859_1.decode(bytes));
                            return true;
                        },
                        bytes -> {});
        int fed = 0;
        for (String flush : flushes) {
            int to = Integer.parseInt(flush.split(" ")[0]);
            decoder.decode(ByteBuffer.wrap(stream, fed, to - fed));
            fed = to;
            int length = Integer.parseInt(flush.split(" ")[1]);
            assertEquals(content.substring(0, length), seen.toString());
        }
    }

    @Test
    void metadata_isHandedOver() {
        String metadata = Run.of(bytes("metadata.txt.q5.br")).metadata();
        assertTrue(metadata.startsWith("note 1 beside the content \nnote 2 "), metadata);
        assertTrue(metadata.contains("note 5 beside the content ".repeat(20) + "\n"), metadata);
    }

    private static byte[] content(String stream) {
        String[] parts = stream.split("\\.");
        return bytes(parts[0] + "." + parts[1]);
    }

    static byte[] bytes(String name) {
        try {
            return Files.readAllBytes(FOLDER.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(byte[] bytes) {
        return new String(bytes, ISO_8859_1);
    }

    private static List<String> names(String ending) throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(ending))
                    .sorted()
                    .toList();
        }
    }
}
