package clawsec.http.sse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import clawsec.testkit.Splits;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** HTML Standard §9.2.5 and §9.2.6. What is read is written {@code type/last event id/data}. */
class EventStreamDecoderTest {
    @Test
    void html_9_2_6_dataLines_areJoinedByLineFeeds() {
        assertRead(
                List.of("message//YHOO\n+2\n10"), "data: YHOO\n" + "data: +2\n" + "data: 10\n\n");
    }

    @Test
    void html_9_2_6_commentAndIds_asInTheExample() {
        assertRead(
                List.of("dropped", "message/1/first event", "message//second event"),
                ": test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\n");
        assertRead(List.of("message// third event"), "data:  third event\n\n");
    }

    @Test
    void html_9_2_6_emptyData_isDispatched_unlessTheStreamEnds() {
        assertRead(List.of("message//", "message//\n"), "data\n\ndata\ndata\n\ndata:");
    }

    @Test
    void html_9_2_6_oneSpaceBehindTheColon_isNoPartOfTheValue() {
        assertRead(List.of("message//test", "message//test"), "data:test\n\ndata: test\n\n");
        assertRead(List.of("message//\tx "), "data:\tx \n\n");
    }

    @Test
    void lineEnds_ofAllKinds_meanTheSame() {
        List<String> expected = List.of("add/7/1\n2", "message/7/3");
        for (String end : List.of("\n", "\r", "\r\n")) {
            String stream = "event: add\nid: 7\ndata: 1\ndata: 2\n\ndata: 3\n\n";
            assertRead(expected, stream.replace("\n", end));
        }
        assertRead(List.of("message//1", "message//2"), "data:1\r\r\ndata:2\n\r\n\n");
    }

    @Test
    void byteOrderMark_oneAtTheStart_isPassedOver() {
        assertRead(List.of("message//x"), "\uFEFFdata:x\n\n");
        assertRead(List.of("dropped"), "\uFEFF\uFEFFdata:x\n\n");
        assertRead(List.of("message//x", "dropped"), "data:x\n\n\uFEFFdata:x\n\n");
        byte[] beginning = {(byte) 0xEF, (byte) 0xBB, 'd', 'a', 't', 'a', ':', 'x', '\n', '\n'};
        assertRead(List.of("dropped"), beginning);
        assertRead(List.of("dropped"), new byte[] {(byte) 0xEF, '\n', '\n'});
    }

    @Test
    void fieldNames_areTakenToTheLetter() {
        assertRead(
                List.of("dropped"),
                "Data:x\n data:x\ndata :x\ndataa:x\ndat:x\nevent2:x\neventdata:x\n\n");
    }

    @Test
    void eventType_isTheLatest_andHoldsForOneEvent() {
        assertRead(
                List.of("b//x", "message//y", "message//z"),
                "event:a\nevent:b\ndata:x\n\ndata:y\n\nevent:c\nevent:\ndata:z\n\n");
        assertRead(List.of("dropped", "message//y"), "event:a\n\ndata:y\n\n");
        assertRead(List.of("\u4f60//x"), "event:\u4f60\ndata:x\n\n");
    }

    @Test
    void id_staysUntilTheNext_alsoFromLinesThatMakeNoEvent() {
        assertRead(
                List.of("message/1/x", "message/1/y", "dropped", "message/2/z"),
                "id:1\ndata:x\n\ndata:y\n\nid:2\n\ndata:z\n\n");
        assertRead(List.of("message/1/x"), "id:1\nid:a\0b\ndata:x\n\n");
    }

    @Test
    void retry_ofDigitsAlone_counts() {
        assertRead(List.of("retry 3000", "dropped"), "retry: 3000\n\n");
        assertRead(List.of("dropped"), "retry: 3s\nretry:-1\nretry:\nretry\n\n");
        assertRead(
                List.of("retry " + Long.MAX_VALUE, "dropped"), "retry:" + "9".repeat(40) + "\n\n");
    }

    @Test
    void blankLines_withNothingBetween_areNothing() {
        assertRead(List.of("message//x"), "\n\r\n\rdata:x\n\n\n\n");
    }

    @Test
    void typeAndId_upToTheLimit_areTaken_andPassedOverBeyond() {
        String most = "x".repeat(EventStreamDecoder.MAX_FIELD_BYTES);
        assertRead(
                List.of(most + "/" + most + "/d"),
                "event:" + most + "\nid:" + most + "\ndata:d\n\n");
        assertRead(
                List.of("oversized event", "oversized id", "a/1/d"),
                "id:1\nevent:a\nevent:" + most + "x\nid:" + most + "x\ndata:d\n\n");
    }

    @Test
    void dataOfAnySize_isGivenInPieces_asViewsOfTheInput() {
        EventStreamDecoder decoder = new EventStreamDecoder();
        byte[] piece = new byte[4096];
        decoder.poll(ByteBuffer.wrap("data:".getBytes(UTF_8)));
        for (int i = 0; i < 1000; i++) {
            ByteBuffer in = ByteBuffer.wrap(piece);
            StreamEvent.Data data = (StreamEvent.Data) decoder.poll(in);
            assertSame(piece, data.bytes().array());
            assertEquals(piece.length, data.bytes().remaining());
            assertFalse(in.hasRemaining());
        }
    }

    @Test
    void directAndReadOnlyBuffers_areRead() {
        ByteBuffer direct = ByteBuffer.allocateDirect(32);
        direct.put("event:a\ndata:x\n\n".getBytes(UTF_8)).flip();
        assertEquals(List.of("a//x"), read(List.of(direct.asReadOnlyBuffer())));
    }

    @Property(tries = 500)
    void anyStream_readsTheSame_whereverItIsCut(@ForAll("streams") byte[] stream) {
        List<String> whole = read(List.of(ByteBuffer.wrap(stream)));
        Splits.of(stream).forEach(pieces -> assertEquals(whole, read(pieces)));
    }

    @Property(tries = 500)
    void anyEvents_comeBack(@ForAll("texts") List<String> texts, @ForAll("ends") String end) {
        StringBuilder stream = new StringBuilder();
        List<String> expected = new ArrayList<>();
        for (String text : texts) {
            for (String line : text.split("\n", -1)) {
                stream.append("data: ").append(line).append(end);
            }
            stream.append(end);
            expected.add("message//" + text);
        }
        assertEquals(expected, read(List.of(ByteBuffer.wrap(stream.toString().getBytes(UTF_8)))));
    }

    @Property(tries = 500)
    void anyBytes_endInNoException_andAreConsumed(@ForAll byte[] noise) {
        ByteBuffer in = ByteBuffer.wrap(noise);
        read(List.of(in));
        assertFalse(in.hasRemaining());
    }

    @Provide
    Arbitrary<byte[]> streams() {
        return Arbitraries.of(
                        "data",
                        "event",
                        "id",
                        "retry",
                        ":",
                        " ",
                        "\n",
                        "\r",
                        "\r\n",
                        "\n\n",
                        "x",
                        "\uFEFF",
                        "12",
                        "\0",
                        "data: x",
                        "event: y\n",
                        "id:1\n",
                        "\u4f60")
                .list()
                .ofMaxSize(16)
                .map(parts -> String.join("", parts).getBytes(UTF_8));
    }

    @Provide
    Arbitrary<List<String>> texts() {
        return Arbitraries.strings().withChars("ab :\n\u4f60").ofMaxLength(12).list().ofMaxSize(5);
    }

    @Provide
    Arbitrary<String> ends() {
        return Arbitraries.of("\n", "\r", "\r\n");
    }

    private static void assertRead(List<String> expected, String stream) {
        assertRead(expected, stream.getBytes(UTF_8));
    }

    private static void assertRead(List<String> expected, byte[] stream) {
        Splits.of(stream).forEach(pieces -> assertEquals(expected, read(pieces)));
    }

    private static List<String> read(List<ByteBuffer> pieces) {
        EventStreamDecoder decoder = new EventStreamDecoder();
        List<String> read = new ArrayList<>();
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        for (ByteBuffer piece : pieces) {
            StreamEvent event = decoder.poll(piece);
            while (!(event instanceof StreamEvent.NeedsInput)) {
                switch (event) {
                    case StreamEvent.Data(ByteBuffer bytes) -> {
                        assertTrue(bytes.hasRemaining());
                        byte[] copy = new byte[bytes.remaining()];
                        bytes.get(copy);
                        data.writeBytes(copy);
                    }
                    case StreamEvent.Dispatched(String type, String id) -> {
                        read.add(type + "/" + id + "/" + data.toString(UTF_8));
                        data.reset();
                    }
                    case StreamEvent.Dropped dropped -> read.add("dropped");
                    case StreamEvent.Retry(long millis) -> read.add("retry " + millis);
                    case StreamEvent.Oversized(String field) -> read.add("oversized " + field);
                    case StreamEvent.NeedsInput more -> throw new AssertionError();
                }
                event = decoder.poll(piece);
            }
        }
        return read;
    }
}
