package clawsec.http.hpack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import clawsec.http.FieldLine;
import clawsec.http.SharedCaptures;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Header blocks of several encoders, in the order of their connections, and what they stand for.
 */
class HpackStoriesTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HpackLimits LIMITS = new HpackLimits(65_536, 1 << 20, 1_000);

    @Test
    void decode_everyStoryOfEveryEncoder_givesItsHeaders() throws IOException {
        List<Path> stories = stories();
        for (Path story : stories) {
            HpackDecoder decoder = new HpackDecoder(LIMITS);
            for (JsonNode each : JSON.readTree(story.toFile()).get("cases")) {
                if (each.has("wire")) {
                    byte[] block = HexFormat.of().parseHex(each.get("wire").asText());
                    assertEquals(headers(each), decoded(decoder, block), story.toString());
                }
            }
        }
        assertFalse(stories.isEmpty());
    }

    @Test
    void encode_headersOfEveryStory_comeBack() throws IOException {
        for (Path story : stories()) {
            HpackEncoder encoder = new HpackEncoder(4_096);
            HpackDecoder decoder = new HpackDecoder(HpackLimits.DEFAULT);
            for (JsonNode each : JSON.readTree(story.toFile()).get("cases")) {
                if (each.has("header_table_size")) {
                    int bytes = each.get("header_table_size").asInt();
                    encoder.peerTableBytes(bytes);
                }
                List<FieldLine> lines = headers(each);
                byte[] block =
                        encoder.encode(lines.stream().map(HpackStoriesTest::indexed).toList());
                assertEquals(lines, decoded(decoder, block), story.toString());
            }
        }
    }

    private static List<FieldLine> decoded(HpackDecoder decoder, byte[] block) {
        List<FieldLine> lines = new ArrayList<>();
        assertEquals(
                Optional.empty(),
                decoder.decode(block, 0, block.length, line -> lines.add(line.line())));
        assertFalse(decoder.isListTooLong());
        return lines;
    }

    private static HpackLine indexed(FieldLine line) {
        return new HpackLine(line, false);
    }

    private static List<FieldLine> headers(JsonNode each) {
        List<FieldLine> lines = new ArrayList<>();
        for (JsonNode header : each.get("headers")) {
            String name = header.fieldNames().next();
            lines.add(new FieldLine(name, header.get(name).asText()));
        }
        return lines;
    }

    private static List<Path> stories() throws IOException {
        Path folder = SharedCaptures.folder("http2/hpack-test-case");
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".json")).sorted().toList();
        }
    }
}
