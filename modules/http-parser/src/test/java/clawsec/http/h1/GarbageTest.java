package clawsec.http.h1;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** Bytes that nobody meant: no decoder throws, hangs, or reads them in two ways. */
class GarbageTest {
    @Property(tries = 1000)
    void poll_anyBytes_endsAndDependsOnNoCut(
            @ForAll("soups") String soup, @ForAll("cuts") int[] cuts) {
        check(soup, cuts, () -> new RequestDecoder(Http1Limits.DEFAULT)::poll);
        for (String method : List.of("GET", "HEAD", "CONNECT")) {
            check(
                    soup,
                    cuts,
                    () -> {
                        ResponseDecoder decoder = new ResponseDecoder(Http1Limits.DEFAULT);
                        decoder.expect(method);
                        return decoder::poll;
                    });
        }
    }

    private static void check(
            String soup, int[] cuts, Supplier<Function<ByteBuffer, Http1Event>> decoders) {
        byte[] bytes = soup.getBytes(ISO_8859_1);
        Trace whole = Trace.run(bounded(decoders.get(), bytes.length), List.of(copy(bytes)));
        assertEquals(whole, Trace.run(decoders.get(), cut(bytes, cuts)));
    }

    /** No more events than bytes allow: each event but three a message costs at least one. */
    private static Function<ByteBuffer, Http1Event> bounded(
            Function<ByteBuffer, Http1Event> decoder, int bytes) {
        int[] polls = {0};
        return in -> {
            assertTrue(++polls[0] < 10 + 3 * bytes, "events without end");
            return decoder.apply(in);
        };
    }

    private static List<ByteBuffer> cut(byte[] bytes, int[] cuts) {
        List<ByteBuffer> pieces = new ArrayList<>();
        int from = 0;
        for (int i = 0; from < bytes.length; i++) {
            int count = Math.min(cuts[i % cuts.length], bytes.length - from);
            pieces.add(ByteBuffer.wrap(bytes, from, count).slice().asReadOnlyBuffer());
            from += count;
        }
        return pieces;
    }

    private static ByteBuffer copy(byte[] bytes) {
        return ByteBuffer.wrap(bytes.clone());
    }

    @Provide
    Arbitrary<int[]> cuts() {
        return Arbitraries.integers().between(1, 40).array(int[].class).ofMinSize(1).ofMaxSize(8);
    }

    /** Fragments of messages, damaged. */
    @Provide
    Arbitrary<String> soups() {
        Arbitrary<String> fragments =
                Arbitraries.of(
                        "GET / HTTP/1.1\r\n",
                        "POST /a HTTP/1.1\r\nHost: x\r\n",
                        "CONNECT a:1 HTTP/1.0\r\n\r\n",
                        "HTTP/1.1 200 OK\r\n",
                        "HTTP/1.0 204\n\n",
                        "HTTP/1.1 100 Continue\r\n\r\n",
                        "Host: x\r\n",
                        "Content-Length: 5\r\n",
                        "Content-Length: 0",
                        "Transfer-Encoding: chunked\r\n",
                        "a: b\r\n c\r\n",
                        "\r\n",
                        "\r\n\r\n",
                        "\n",
                        "\r",
                        ":",
                        " ",
                        "\t",
                        "\0",
                        "5\r\nabcde\r\n",
                        "0\r\n\r\n",
                        "0\r\nt: u\r\n\r\n",
                        "fffffffffffffff0\r\n",
                        ";x=y",
                        "\u00ff");
        Arbitrary<String> noise =
                Arbitraries.strings().withCharRange('\0', '\u00ff').ofMaxLength(6);
        return Arbitraries.frequencyOf(Tuple.of(6, fragments), Tuple.of(1, noise))
                .list()
                .ofMaxSize(20)
                .map(parts -> String.join("", parts));
    }
}
