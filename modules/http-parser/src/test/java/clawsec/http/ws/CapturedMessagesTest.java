package clawsec.http.ws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import clawsec.http.FieldLine;
import clawsec.http.Fields;
import clawsec.http.SharedCaptures;
import clawsec.http.content.ContentLimits;
import clawsec.testkit.CapturedStreams;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** WebSocket connections that others captured, as far as they lie beside the repository. */
class CapturedMessagesTest {
    /** One direction: its head, and what was decoded of the frames behind it. */
    private record Side(Fields head, byte[] frames) {
        static Side of(byte[] bytes) {
            String text = new String(bytes, StandardCharsets.ISO_8859_1);
            int end = text.indexOf("\r\n\r\n") + 4;
            List<FieldLine> lines = new ArrayList<>();
            for (String line : text.substring(0, end - 4).split("\r\n")) {
                int colon = line.indexOf(": ");
                if (colon > 0) {
                    lines.add(new FieldLine(line.substring(0, colon), line.substring(colon + 2)));
                }
            }
            return new Side(new Fields(lines), Arrays.copyOfRange(bytes, end, bytes.length));
        }
    }

    private record Conversation(Side client, Side server) {
        PermessageDeflate agreed() {
            return PermessageDeflate.agreed(client.head, server.head);
        }

        List<String> events(Side side) {
            return Decoded.events(
                    agreed(), ContentLimits.DEFAULT, List.of(ByteBuffer.wrap(side.frames)));
        }
    }

    private static List<Conversation> read(String file) throws IOException {
        return CapturedStreams.read(SharedCaptures.folder("pcap").resolve(file)).stream()
                .map(each ->
                        new Conversation(
                                Side.of(each.client().bytes()), Side.of(each.server().bytes())))
                .toList();
    }

    private static Conversation only(String file) throws IOException {
        List<Conversation> all = read(file);
        assertEquals(1, all.size());
        return all.getFirst();
    }

    @Test
    void wireshark_compressed_eachRequestIsAnsweredWithItsData() throws IOException {
        Conversation captured = only("wireshark/websocket-compressed.pcapng.gz");
        assertEquals(PermessageDeflate.of(false, false), captured.agreed());
        assertEquals(
                Optional.empty(),
                Handshake.fault(captured.client().head(), captured.server().head()));
        List<String> requests = captured.events(captured.client());
        assertEquals(6, requests.size(), requests::toString);
        assertEquals("start compressed", requests.getFirst());
        assertTrue(requests.get(1).startsWith("payload {\"type\":\"request\",\"data\":\"385"));
        assertEquals(
                requests.stream().map(each -> each.replace("\"request\"", "\"response\"")).toList(),
                captured.events(captured.server()));
    }

    @Test
    void zeek_binaryFragments_areJoined() throws IOException {
        Conversation captured = only("zeek/websocket/two-binary-fragments.pcap");
        assertEquals(
                List.of(
                        "control Zeek",
                        "start",
                        "payload Hello there!",
                        "end",
                        "control \u0003\u00e8"),
                captured.events(captured.server()));
        assertEquals(
                List.of(
                        "control Zeek",
                        "start",
                        "payload Hello Zeek!",
                        "end",
                        "control \u0003\u00e8"),
                captured.events(captured.client()));
    }

    @Test
    void zeek_replyInFiveFragments_isOneMessage() throws IOException {
        Conversation captured = only("zeek/websocket/fragmented-http-reply.pcap");
        List<String> events = captured.events(captured.server());
        assertEquals(5, events.size(), events::toString);
        assertTrue(events.get(2).startsWith("payload HTTP/1.1 200 OK\r\n"));
        assertTrue(events.get(2).endsWith("Content-Length: 0\r\n\r\n"));
    }

    @Test
    void zeek_closeFrameTooLong_isMalformed() throws IOException {
        Conversation captured = only("zeek/websocket/oversized-close-frame.pcapng");
        assertEquals(List.of("malformed RFC 6455 §5.5"), captured.events(captured.server()));
    }

    @Test
    void zeek_wrongAccept_isAFault() throws IOException {
        Conversation captured = only("zeek/websocket/wrong-accept-header.pcap");
        assertTrue(Handshake.fault(captured.client().head(), captured.server().head()).isPresent());
    }

    @Test
    void zeek_everyOther_isReadToItsEnd_andItsHandshakeHasNoFault() throws IOException {
        int messages = 0;
        for (String file :
                List.of(
                        "zeek/http/websocket.pcap",
                        "zeek/websocket/broker-websocket.pcap",
                        "zeek/websocket/reply-ping-separate.pcap",
                        "zeek/websocket/wstunnel-ssh.pcap")) {
            for (Conversation captured : read(file)) {
                assertEquals(
                        Optional.empty(),
                        Handshake.fault(captured.client().head(), captured.server().head()));
                for (Side side : List.of(captured.client(), captured.server())) {
                    List<String> events = captured.events(side);
                    long begun = events.stream().filter("start"::equals).count();
                    messages += (int) begun;
                    assertEquals(begun, events.stream().filter("end"::equals).count());
                    assertTrue(
                            events.stream().noneMatch(each -> each.startsWith("malformed")),
                            events::toString);
                }
            }
        }
        assertTrue(messages > 100, "only " + messages);
    }
}
