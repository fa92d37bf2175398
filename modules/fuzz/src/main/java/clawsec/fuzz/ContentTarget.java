package clawsec.fuzz;

import clawsec.http.FieldLine;
import clawsec.http.Fields;
import clawsec.http.content.ContentDecoder;
import clawsec.http.content.ContentLimits;
import java.nio.ByteBuffer;
import java.util.List;

/** Content under the codings that its first byte says. */
public final class ContentTarget {
    private static final ContentLimits LIMITS = new ContentLimits(1 << 20, 200, 65_536, 3);
    private static final String[] CODINGS = {
        "gzip",
        "deflate",
        "deflate, gzip",
        "gzip, gzip, gzip, gzip",
        "br",
        "zstd",
        "made-up",
        "zstd, br",
        "identity",
        ""
    };

    private ContentTarget() {}

    public static void fuzzerTestOneInput(byte[] input) {
        if (input.length == 0) {
            return;
        }
        String coding = CODINGS[(input[0] & 0xff) % CODINGS.length];
        Fields fields = Fields.of(new FieldLine("Content-Encoding", coding));
        Cuts.sameHoweverCut(input, 1, pieces -> read(fields, pieces));
    }

    private static List<String> read(Fields fields, List<ByteBuffer> pieces) {
        Transcript transcript = new Transcript();
        long[] bytes = {0};
        try (ContentDecoder decoder = ContentDecoder.open(fields, LIMITS)) {
            for (ByteBuffer piece : pieces) {
                decoder.decode(piece, out -> note(out, transcript, bytes));
                if (piece.hasRemaining()) {
                    throw new IllegalStateException("input left");
                }
            }
            decoder.end(out -> note(out, transcript, bytes));
            transcript.note(decoder.codings() + " " + decoder.uninspected());
        }
        return transcript.whole();
    }

    private static void note(ByteBuffer out, Transcript transcript, long[] bytes) {
        bytes[0] += out.remaining();
        // the limit, and what follows it undecoded: the input and what is kept aside
        if (bytes[0] > LIMITS.decodedBytes() + (1 << 18)) {
            throw new IllegalStateException(bytes[0] + " bytes decoded");
        }
        transcript.content("content", out);
    }
}
