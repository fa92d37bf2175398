package clawsec.http.h1;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;

import clawsec.http.SharedCaptures;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The requests of gunicorn's test suite. Each file that we judge otherwise than gunicorn stands in
 * a table with the reason, and no other may.
 */
class GunicornCorpusTest {
    /** Valid to gunicorn, refused here. */
    private static final Map<String, String> REFUSED =
            Map.ofEntries(
                    Map.entry("003.http", "'=' in Host: no name that DNS has"),
                    Map.entry("009.http", "transfer coding identity"),
                    Map.entry("020.http", "the Host added to its content is more than its length"),
                    Map.entry("025.http", "transfer coding gzip is answered 501"),
                    Map.entry("028.http", "white space before a colon: gunicorn's option"),
                    Map.entry("029.http", "transfer coding identity is answered 501"),
                    Map.entry("040_compat.http", "Transfer_Encoding: gunicorn's option"),
                    Map.entry("compat_obs_fold.http", "folded line: gunicorn's option"),
                    Map.entry("compat_obs_fold_huge.http", "folded line: gunicorn's option"),
                    Map.entry("pp_01.http", "the PROXY protocol, not HTTP"),
                    Map.entry(
                            "rfc9112_smuggle_gzip_chunked_01.http",
                            "a transfer coding other than chunked is answered 501"));

    /** Invalid to gunicorn, accepted here. */
    private static final Map<String, String> ACCEPTED =
            Map.ofEntries(
                    Map.entry("003c.http", "-bl is a token, and so a method"),
                    Map.entry("017.http", "its bound on a field line is an option of gunicorn"),
                    Map.entry("019.http", "fields that only gunicorn's deployments give a meaning"),
                    Map.entry("009.http", "its bound on field lines is an option of gunicorn"),
                    Map.entry(
                            "rfc9110_trailer_forbidden_cl_01.http",
                            "dropped from the trailers (RFC 9110 §6.5.1)"),
                    Map.entry(
                            "rfc9110_trailer_forbidden_host_01.http",
                            "dropped from the trailers (RFC 9110 §6.5.1)"));

    @Test
    void valid_isAcceptedButForTheTable() throws IOException {
        assertEquals(new TreeSet<>(REFUSED.keySet()), judged("valid", false));
    }

    @Test
    void invalid_isRefusedButForTheTable() throws IOException {
        assertEquals(new TreeSet<>(ACCEPTED.keySet()), judged("invalid", true));
    }

    /** The files of a folder that are accepted, or those that are not. */
    private static Set<String> judged(String folder, boolean areAccepted) throws IOException {
        Set<String> names = new TreeSet<>();
        try (Stream<Path> files =
                Files.list(SharedCaptures.folder("http1/gunicorn").resolve(folder))) {
            for (Path file : files.toList()) {
                if (isAccepted(bytesOf(file)) == areAccepted) {
                    names.add(String.valueOf(file.getFileName()));
                }
            }
        }
        return names;
    }

    /** Judged whole and byte by byte, to the end of the input. */
    private static boolean isAccepted(String input) {
        byte[] bytes = input.getBytes(ISO_8859_1);
        boolean isWhole = isAccepted(List.of(ByteBuffer.wrap(bytes.clone())));
        List<ByteBuffer> singles = new ArrayList<>();
        for (int i = 0; i < bytes.length; i++) {
            singles.add(ByteBuffer.wrap(bytes, i, 1).asReadOnlyBuffer());
        }
        assertEquals(isWhole, isAccepted(singles), input);
        return isWhole;
    }

    private static boolean isAccepted(List<ByteBuffer> pieces) {
        RequestDecoder decoder = new RequestDecoder(Http1Limits.DEFAULT);
        return !Trace.run(decoder::poll, pieces).isMalformed()
                && decoder.endOfInput() instanceof Http1Event.End;
    }

    /**
     * Line breaks in the file are for the reader; those of the request are spelled out. gunicorn
     * does not ask for Host, so it is added where it is missing, for the sake of what a file is
     * about.
     */
    private static String bytesOf(Path file) throws IOException {
        String input = spelledOut(file);
        return input.contains("Host:")
                ? input
                : input.replace("HTTP/1.1\r\n", "HTTP/1.1\r\nHost: x\r\n");
    }

    private static String spelledOut(Path file) throws IOException {
        return Files.readString(file, ISO_8859_1)
                .replace("\n", "")
                .replace("\\r\\n", "\r\n")
                .replace("\\n", "\n")
                .replace("\\t", "\t")
                .replace("\\0", "\0")
                .replace("\\x0D", "\r");
    }
}
