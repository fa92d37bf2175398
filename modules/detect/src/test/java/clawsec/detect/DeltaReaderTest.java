package clawsec.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import clawsec.testkit.Splits;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Which strings of an event are pieces of which text. */
class DeltaReaderTest {
    @Test
    void strings_byNameAndBelowADelta_areTexts() {
        assertEquals(List.of("a"), texts("{\"text\":\"a\",\"title\":\"b\"}"));
        assertEquals(
                List.of("a", "b", "c"),
                texts(
                        "{\"someDelta\":{\"type\":\"t\",\"x\":\"a\",\"y\":{\"z\":[\"b\"]},"
                                + "\"id\":\"i\",\"role\":\"r\",\"w\":\"c\"},\"x\":\"d\"}"));
        assertEquals(List.of("a"), texts("{\"type\":\"x.delta\",\"delta\":\"a\"}"));
        assertEquals(
                List.of("a", "b"), texts("{\"content\":[\"a\",{\"text\":\"b\",\"u\":\"c\"}]}"));
        assertEquals(List.of("a"), texts("\"a\""));
        assertEquals(List.of(), texts("[DONE]"));
        assertEquals(List.of(), texts("{\"text\":\"\",\"delta\":null}"));
    }

    @Test
    void escapes_areUndone_inNamesToo() {
        assertEquals(
                List.of("\"\\/\b\f\n\r\t\u00e4\u4f60\ud83d\ude00\ufffd\ue000x"),
                texts(
                        "{\"\\u0064elt\\u0061\":\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e4\u4f60"
                                + "\\ud83d\\uDE00\\ud83d\\ue000x\"}"));
    }

    @Test
    void place_isPathAndIndexes_whereverTheyStand() {
        String first = "{\"choices\":[{\"index\":1,\"delta\":{\"content\":\"a\"}}]}";
        assertEquals(
                key(first),
                key("{\"id\":7,\"choices\":[{\"delta\":{\"content\":\"b\"},\"index\":1}]}"));
        assertEquals(
                key(first),
                key("{\"choices\":[{\"delta\":{\"content\":\"b\"} , \"index\" : \"1\" } ] }"));
        assertNotEquals(
                key(first), key("{\"choices\":[{\"index\":2,\"delta\":{\"content\":\"a\"}}]}"));
        assertNotEquals(
                key(first), key("{\"choices\":[{},{\"index\":1,\"delta\":{\"content\":\"a\"}}]}"));
        assertNotEquals(
                key(first), key("{\"choices\":[{\"index\":1,\"delta\":{\"refusal\":\"a\"}}]}"));
        assertNotEquals(
                key(first), key("{\"choices\":[{\"delta\":{\"index\":1,\"content\":\"a\"}}]}"));
        assertNotEquals(
                key("{\"item_id\":\"a\",\"delta\":\"x\"}"),
                key("{\"item_id\":\"b\",\"delta\":\"x\"}"));
        assertEquals(key("{\"index\":0,\"text\":\"x\"}"), key("{\"text\":\"x\"}"));
    }

    @Test
    void textsHeld_upToTheLimits_haveTheIndexBehindThem() {
        String most = "x".repeat(DeltaReader.HELD_BYTES);
        assertEquals(
                key("{\"text\":\"x\",\"index\":1}"),
                key("{\"text\":\"" + most + "\",\"index\":1}"));
        assertEquals(key("{\"text\":\"x\"}"), key("{\"text\":\"" + most + "x\",\"index\":1}"));
        assertEquals(
                key("{\"text\":\"x\",\"index\":1}"),
                key("{\"index\":1,\"text\":\"" + most + "x\"}"));
        assertEquals(List.of(most + "x"), texts("{\"text\":\"" + most + "x\",\"index\":1}"));
    }

    @Test
    void textsHeld_pastTheirNumber_areGivenAll() {
        StringBuilder many = new StringBuilder("{\"content\":[");
        List<String> expected = new ArrayList<>();
        for (int i = 0; i <= DeltaReader.MAX_HELD; i++) {
            many.append(i == 0 ? "" : ",").append("\"t").append(i).append('"');
            expected.add("t" + i);
        }
        assertEquals(expected, texts(many + "]}"));
    }

    @Test
    void whatStandsDeeper_isPassedOver() {
        assertEquals(List.of("a"), texts(nested(DeltaReader.MAX_DEPTH)));
        assertEquals(List.of("b"), texts(nested(DeltaReader.MAX_DEPTH + 1)));
    }

    /** A text at that depth, and one behind it at the first where the other is too deep. */
    private static String nested(int depth) {
        String nested = "{\"d\":".repeat(depth - 1) + "{\"text\":\"a\"}" + "}".repeat(depth - 1);
        return depth <= DeltaReader.MAX_DEPTH
                ? nested
                : nested.substring(0, nested.length() - 1) + ",\"text\":\"b\"}";
    }

    @Property(tries = 300)
    void anyBytes_areReadTheSame_whereverTheyAreCut(@ForAll byte[] noise, @ForAll String text) {
        byte[] bytes =
                ("{\"delta\":\"" + text + "\"}\n[" + new String(noise, StandardCharsets.ISO_8859_1))
                        .getBytes(StandardCharsets.UTF_8);
        Map<Long, String> whole = read(List.of(ByteBuffer.wrap(bytes)));
        Splits.of(bytes).forEach(pieces -> assertEquals(whole, read(pieces)));
    }

    private static long key(String json) {
        Map<Long, String> read = read(json);
        assertEquals(1, read.size(), json);
        return read.keySet().iterator().next();
    }

    private static List<String> texts(String json) {
        return List.copyOf(read(json).values());
    }

    private static Map<Long, String> read(String json) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        Map<Long, String> whole = read(List.of(ByteBuffer.wrap(bytes)));
        Splits.of(bytes).limit(2).forEach(pieces -> assertEquals(whole, read(pieces)));
        return whole;
    }

    private static Map<Long, String> read(List<ByteBuffer> pieces) {
        Map<Long, ByteArrayOutputStream> read = new LinkedHashMap<>();
        DeltaReader reader =
                new DeltaReader((key, isFirst, bytes, from, count) -> {
                    assertTrue(count > 0);
                    read.computeIfAbsent(key, none -> new ByteArrayOutputStream())
                            .write(bytes, from, count);
                });
        for (ByteBuffer piece : pieces) {
            byte[] bytes = new byte[piece.remaining()];
            piece.get(bytes);
            reader.read(bytes, 0, bytes.length);
        }
        reader.end();
        Map<Long, String> texts = new LinkedHashMap<>();
        read.forEach((key, bytes) -> texts.put(key, bytes.toString(StandardCharsets.UTF_8)));
        return texts;
    }
}
