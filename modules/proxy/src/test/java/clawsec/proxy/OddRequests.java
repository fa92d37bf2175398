package clawsec.proxy;

import java.util.ArrayList;
import java.util.List;

/**
 * Inputs of one connection that some server once read in another way than the one before it. ORIGIN
 * stands for the origin's host and port, NUMBER for something unique.
 */
final class OddRequests {
    private static final String POST = "POST http://ORIGIN/NUMBER HTTP/1.1\r\nHost: ORIGIN\r\n";
    private static final String GET = "GET http://ORIGIN/NUMBER HTTP/1.1\r\nHost: ORIGIN\r\n";
    private static final String NEXT = GET.replace("NUMBER", "NUMBER/next") + "\r\n";
    private static final String CHUNKED = "Transfer-Encoding: chunked\r\n";

    /** Field lines that make a request of another length in the eyes of some. */
    private static final List<String> FRAMING_LINES =
            List.of(
                    "Content-Length: 5",
                    "Content-Length: 005",
                    "Content-Length:5",
                    "Content-Length: \t5 \t",
                    "content-length: 5",
                    "Content-Length: +5",
                    "Content-Length: -5",
                    "Content-Length: 0x5",
                    "Content-Length: 5, 5",
                    "Content-Length: 5,6",
                    "Content-Length: 5\r\nContent-Length: 5",
                    "Content-Length: 5\r\nContent-Length: 0",
                    "Content-Length: 5\r\nTransfer-Encoding: chunked",
                    "Transfer-Encoding: chunked\r\nContent-Length: 5",
                    "Content-Length : 5",
                    "Content_Length: 5",
                    " Content-Length: 5",
                    "Content-Length:\r\n 5",
                    "Content-Length: \u000b5",
                    "Content-Length: 5\u0000",
                    "X: y\rContent-Length: 5",
                    "X: y\nContent-Length: 5",
                    "X: y\u0085Content-Length: 5",
                    "X: y\u001cContent-Length: 5",
                    "X: y\u00e2\u0080\u00a8Content-Length: 5",
                    "X: y\r\r\nContent-Length: 5",
                    "X\u0000: y\r\nContent-Length: 5",
                    "Connection: Content-Length\r\nContent-Length: 5",
                    "Connection: Transfer-Encoding, close\r\nContent-Length: 5",
                    "Upgrade: h2c\r\n"
                            + "Connection: Upgrade, HTTP2-Settings\r\n"
                            + "HTTP2-Settings: AAMAAABk\r\n"
                            + "Content-Length: 5",
                    "Upgrade: made-up/1\r\nConnection: Upgrade\r\nContent-Length: 5",
                    "Upgrade: TLS/1.2\r\nConnection: Upgrade\r\nContent-Length: 5",
                    "Expect: 100-continue\r\nContent-Length: 5",
                    "Expect: made-up\r\nContent-Length: 5",
                    "Trailer: Content-Length\r\nContent-Length: 5",
                    "TE: trailers, chunked\r\nContent-Length: 5",
                    "Content-Encoding: chunked\r\nContent-Length: 5");

    private static final List<String> CODING_LINES =
            List.of(
                    "Transfer-Encoding: chunked",
                    "transfer-encoding:CHUNKED",
                    "Transfer-Encoding: \tchunked \t",
                    "Transfer-Encoding: xchunked",
                    "Transfer-Encoding: chunked, identity",
                    "Transfer-Encoding: identity, chunked",
                    "Transfer-Encoding: chunked, chunked",
                    "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked",
                    "Transfer-Encoding: identity\r\nTransfer-Encoding: chunked",
                    "Transfer-Encoding: \u000bchunked",
                    "Transfer-Encoding: chunked;q=1",
                    "Transfer-Encoding: \"chunked\"",
                    "Transfer-Encoding : chunked",
                    "Transfer_Encoding: chunked",
                    "Transfer-Encoding:\r\n chunked",
                    "X: y\nTransfer-Encoding: chunked",
                    "X: y\u0085Transfer-Encoding: chunked");

    private static final List<String> CHUNKS =
            List.of(
                    "5\r\nhello\r\n0\r\n\r\n",
                    "005\r\nhello\r\n000\r\n\r\n",
                    "5;a=b\r\nhello\r\n0;c=\"d\"\r\n\r\n",
                    "5 ;a\r\nhello\r\n0\r\n\r\n",
                    "5;\r\nhello\r\n0\r\n\r\n",
                    "5;a\nb\r\nhello\r\n0\r\n\r\n",
                    "5;a=\"\r\nhello\r\n0\r\n\r\n",
                    "5\nhello\r\n0\r\n\r\n",
                    "5\r\nhello\n0\r\n\r\n",
                    "5 \r\nhello\r\n0\r\n\r\n",
                    "0x5\r\nhello\r\n0\r\n\r\n",
                    "+5\r\nhello\r\n0\r\n\r\n",
                    "5\r\nhello0\r\n\r\n",
                    "5\r\nhelloXX0\r\n\r\n",
                    "100000005\r\nhello\r\n0\r\n\r\n",
                    "1\r\nh\r\n2\r\nel\r\n2\r\nlo\r\n0\r\n\r\n",
                    "5\r\nhello\r\n0\r\nContent-Length: 7\r\n\r\n",
                    "5\r\nhello\r\n0\r\nTransfer-Encoding: x\r\nHost: evil\r\n\r\n",
                    "5\r\nhello\r\n0\r\nX: y\r\n\r\n",
                    "5\r\nhello\r\n0\r\nX : y\r\n\r\n",
                    "5\r\nhello\r\n0\r\n folded\r\n\r\n",
                    "5\r\nhello\r\n0\r\nX: y\n\r\n",
                    "5\r\nhello\r\n0\r\n\n",
                    "5\r\nhello\r\n");

    private static final List<String> LINES =
            List.of(
                    "GET http://ORIGIN/NUMBER\r\n",
                    "GET http://ORIGIN/NUMBER HTTP/0.9\r\n\r\n",
                    "GET http://ORIGIN/NUMBER HTTP/1.0\r\n\r\n",
                    "GET http://ORIGIN/NUMBER HTTP/1.0\r\nHost: evil.example\r\n\r\n",
                    "GET http://ORIGIN/NUMBER HTTP/1.1\r\nHost: evil.example\r\n\r\n",
                    "GET http://ORIGIN/NUMBER HTTP/1.1\r\nHost:\r\n\r\n",
                    "GET http://ORIGIN/NUMBER HTTP/1.1\r\n\r\n",
                    "GET http://ORIGIN/NUMBER HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
                    "GET HTTP://ORIGIN/NUMBER HTTP/1.1\r\nHost: ORIGIN\r\n\r\n",
                    "GET http://ORIGIN?NUMBER HTTP/1.1\r\nHost: ORIGIN\r\n\r\n",
                    "GET http://ORIGIN//NUMBER/../x/./y HTTP/1.1\r\nHost: ORIGIN\r\n\r\n",
                    "GET http://ORIGIN/NUMBER#f HTTP/1.1\r\nHost: ORIGIN\r\n\r\n",
                    "GET http://ORIGIN/NUMBER%0d%0aX:y HTTP/1.1\r\nHost: ORIGIN\r\n\r\n",
                    "GET http://ORIGIN/NUMBER|\"<>\\^`{} HTTP/1.1\r\nHost: ORIGIN\r\n\r\n",
                    "GET  http://ORIGIN/NUMBER HTTP/1.1\r\nHost: ORIGIN\r\n\r\n",
                    "GET http://ORIGIN/NUMBER  HTTP/1.1\r\nHost: ORIGIN\r\n\r\n",
                    "GET http://ORIGIN/NUMBER HTTP/1.1 \r\nHost: ORIGIN\r\n\r\n",
                    "GET http://ORIGIN/NUMBER HTTP/1.9\r\nHost: ORIGIN\r\n\r\n",
                    "\r\n\r\nGET http://ORIGIN/NUMBER HTTP/1.1\r\nHost: ORIGIN\r\n\r\n",
                    "OPTIONS http://ORIGIN HTTP/1.1\r\nHost: ORIGIN\r\n\r\n",
                    "get http://ORIGIN/NUMBER HTTP/1.1\r\nHost: ORIGIN\r\n\r\n",
                    "M-SEARCH http://ORIGIN/NUMBER HTTP/1.1\r\nHost: ORIGIN\r\n\r\n",
                    "PRI http://ORIGIN/NUMBER HTTP/1.1\r\nHost: ORIGIN\r\n\r\n");

    private OddRequests() {}

    /** Each followed by a second request, which is one of its own or none. */
    static List<String> all() {
        List<String> all = new ArrayList<>();
        LINES.forEach(line -> all.add(line + NEXT));
        for (String line : FRAMING_LINES) {
            all.add(POST + line + "\r\n\r\nhello" + NEXT);
            all.add(GET + line + "\r\n\r\nhello" + NEXT);
            all.add(POST + line + "\r\n\r\n" + NEXT);
        }
        for (String line : CODING_LINES) {
            all.add(POST + line + "\r\n\r\n5\r\nhello\r\n0\r\n\r\n" + NEXT);
            all.add(GET + line + "\r\n\r\n0\r\n\r\n" + NEXT);
            all.add(POST + line + "\r\nContent-Length: 4\r\n\r\n5\r\nhello\r\n0\r\n\r\n" + NEXT);
        }
        CHUNKS.forEach(chunks -> all.add(POST + CHUNKED + "\r\n" + chunks + NEXT));
        return all;
    }
}
