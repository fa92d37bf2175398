package clawsec.http.content;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The files of testdata/codings, made by the encoders that everybody uses. */
final class CodedFiles {
    private static final Path FOLDER =
            Path.of(System.getProperty("clawsec.root", "."), "testdata", "codings");

    private CodedFiles() {}

    static byte[] read(String name) {
        try {
            return Files.readAllBytes(FOLDER.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where the events of a coded stream end in it. */
    static int[] flushes(String name) {
        return new String(read(name + ".flushes"), StandardCharsets.US_ASCII)
                .lines()
                .mapToInt(Integer::parseInt)
                .toArray();
    }
}
