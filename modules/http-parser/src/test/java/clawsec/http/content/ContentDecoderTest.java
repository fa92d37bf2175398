package clawsec.http.content;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import clawsec.http.FieldLine;
import clawsec.http.Fields;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class ContentDecoderTest {
    @Test
    void decode_gzip_givesContent() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write("hello".repeat(1000).getBytes(UTF_8));
        }
        Fields fields = Fields.of(new FieldLine("Content-Encoding", "gzip"));
        try (ContentDecoder decoder = ContentDecoder.open(fields, ContentLimits.DEFAULT)) {
            StringBuilder text = new StringBuilder();
            decoder.decode(ByteBuffer.wrap(out.toByteArray()), b -> text.append(UTF_8.decode(b)));
            decoder.end(b -> text.append(UTF_8.decode(b)));
            assertEquals("hello".repeat(1000), text.toString());
            assertEquals(List.of("gzip"), decoder.codings());
            assertEquals(Optional.empty(), decoder.uninspected());
        }
    }
}
