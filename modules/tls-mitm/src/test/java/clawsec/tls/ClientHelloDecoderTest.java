package clawsec.tls;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import clawsec.testkit.Splits;
import clawsec.tls.ClientHelloEvent.Complete;
import clawsec.tls.ClientHelloEvent.Malformed;
import clawsec.tls.ClientHelloEvent.NeedsInput;
import clawsec.tls.ClientHelloEvent.NotTls;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientHelloDecoderTest {
    private static final String RANDOM_HEX = "ab".repeat(32);
    private static final byte[] GREASE = Hellos.extension(0x2a2a, new byte[0]);
    private static final byte[] UNKNOWN = Hellos.extension(0xfafa, new byte[] {7});

    @Test
    void jsseHello_cutEverywhere_isComplete() {
        byte[] hello = Hellos.ofJsse("self.example", "h2", "http/1.1");
        ClientHello expected = complete(hello);
        assertEquals(Optional.of("self.example"), expected.serverName());
        assertEquals(List.of("h2", "http/1.1"), expected.applicationProtocols());
        assertEquals(64, expected.random().length());
        Splits.of(hello).forEach(pieces -> assertEquals(new Complete(expected), feed(pieces)));
    }

    @Test
    void jsseHello_withoutNameAndProtocols_isComplete() {
        ClientHello hello = complete(Hellos.ofJsse(""));
        assertEquals(Optional.empty(), hello.serverName());
        assertEquals(List.of(), hello.applicationProtocols());
    }

    @Test
    void grease_andUnknownExtensions_arePassedOver() {
        byte[] hello =
                Hellos.with(
                        GREASE,
                        UNKNOWN,
                        Hellos.serverName("Self.Example."),
                        Hellos.applicationProtocols("\u001a\u001a", "h2"),
                        Hellos.extension(0x3a3a, new byte[1]));
        ClientHello expected =
                new ClientHello(
                        Optional.of("self.example"), List.of("\u001a\u001a", "h2"), RANDOM_HEX);
        assertEquals(expected, complete(hello));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 50, 100_000})
    void helloOverManyRecords_cutEverywhere_isComplete(int fragmentBytes) {
        byte[] message = Hellos.message(Hellos.body(GREASE, Hellos.serverName("self.example")));
        byte[] wire = Hellos.records(message, fragmentBytes);
        Splits.of(wire)
                .forEach(pieces ->
                        assertEquals(
                                Optional.of("self.example"),
                                assertInstanceOf(Complete.class, feed(pieces))
                                        .hello()
                                        .serverName()));
    }

    @Test
    void postQuantumHello_ofTwoThousandBytes_isComplete() {
        byte[] keyShare = Hellos.extension(51, new byte[1216 + 32]);
        byte[] hello = Hellos.with(keyShare, Hellos.serverName("self.example"));
        assertEquals(Optional.of("self.example"), complete(hello).serverName());
    }

    @Test
    void withoutExtensions_isComplete() {
        byte[] body = Hellos.body();
        byte[] bare = Arrays.copyOf(body, body.length - 2);
        assertEquals(
                new ClientHello(Optional.empty(), List.of(), RANDOM_HEX),
                complete(Hellos.record(Hellos.message(bare))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "self.example:443",
                "192.0.2.1",
                "2001:db8::1",
                "*.example",
                "",
                "b\u00fccher.example",
                "a\u0000b.example"
            })
    void serverNameThatIsNoDnsName_isAbsent(String name) {
        assertEquals(Optional.empty(), complete(Hellos.with(Hellos.serverName(name))).serverName());
    }

    @Test
    void serverNameOfAnotherType_andEmptyExtension_areAbsent() {
        byte[] otherType = Hellos.join(new byte[] {9}, Hellos.vector(2, new byte[] {'a'}));
        byte[] hello = Hellos.with(Hellos.extension(0, Hellos.vector(2, otherType)));
        assertEquals(Optional.empty(), complete(hello).serverName());
        hello = Hellos.with(Hellos.extension(0, new byte[0]));
        assertEquals(Optional.empty(), complete(hello).serverName());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1\r\n",
                "SSH-2.0-x\r\n",
                "\u0000",
                "\u0015\u0003",
                "\u0016\u0002"
            })
    void otherProtocols_areNotTls(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        Splits.of(bytes).forEach(pieces -> assertEquals(new NotTls(), feed(pieces)));
    }

    @Test
    void sslTwoHello_isNotTls() {
        assertEquals(new NotTls(), feed(new byte[] {(byte) 0x80, 0x2e, 1, 3, 1}));
    }

    @Test
    void firstByte_decidesWhereItCan() {
        for (int octet = 0; octet < 256; octet++) {
            ClientHelloEvent expected = octet == 22 ? new NeedsInput() : new NotTls();
            assertEquals(expected, feed(new byte[] {(byte) octet}));
        }
    }

    @Test
    void consumed_isEveryByteFed_alsoBehindTheHello() {
        byte[] hello = Hellos.with(Hellos.serverName("self.example"));
        byte[] wire = Hellos.join(hello, new byte[] {1, 2, 3});
        ClientHelloDecoder decoder = new ClientHelloDecoder(TlsLimits.DEFAULT);
        decoder.feed(ByteBuffer.wrap(wire, 0, 3));
        decoder.feed(ByteBuffer.wrap(wire, 3, wire.length - 3));
        ByteBuffer consumed = decoder.consumed();
        byte[] bytes = new byte[consumed.remaining()];
        consumed.get(bytes);
        assertArrayEquals(wire, bytes);
        ByteBuffer late = ByteBuffer.wrap(new byte[] {9});
        assertInstanceOf(Complete.class, decoder.feed(late));
        assertEquals(1, late.remaining());
        assertEquals(wire.length, decoder.consumed().remaining());
    }

    @Test
    void helloLength_atTheLimitAndPastIt() {
        byte[] hello = Hellos.with(Hellos.serverName("self.example"));
        assertInstanceOf(Complete.class, feed(hello, new TlsLimits(hello.length)));
        assertEquals(
                new Malformed(
                        "a ClientHello of "
                                + hello.length
                                + " bytes exceeds "
                                + (hello.length - 1)
                                + " at byte 8"),
                feed(hello, new TlsLimits(hello.length - 1)));
    }

    @Test
    void helloLength_withRecordHeaders_atTheLimitAndPastIt() {
        byte[] wire = Hellos.records(Hellos.message(Hellos.body()), 10);
        assertInstanceOf(Complete.class, feed(wire, new TlsLimits(wire.length)));
        int limit = wire.length - 1;
        assertEquals(
                new Malformed("a ClientHello longer than " + limit + " bytes at byte " + limit),
                feed(wire, new TlsLimits(limit)));
    }

    @Test
    void recordLength_atTheLimitAndPastIt() {
        int room = ClientHelloDecoder.MAX_FRAGMENT_BYTES - Hellos.message(Hellos.body()).length - 4;
        assertInstanceOf(Complete.class, feed(Hellos.with(Hellos.extension(9, new byte[room]))));
        assertEquals(
                new Malformed("a record of 16385 bytes, where 1 to 16384 are allowed, at byte 4"),
                feed(Hellos.with(Hellos.extension(9, new byte[room + 1]))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1603010000 | a record of 0 bytes, where 1 to 16384 are allowed, at byte 4",
                "160301000102 | a handshake message of type 2, not a ClientHello, at byte 5",
                "16030100010117 | a record of type 23 inside the ClientHello at byte 6",
                "1603010001011602 | a record of version 2 in the ClientHello at byte 7",
                "160301000401000000 | ClientHello: legacy_version of 2 bytes has only 0 at byte 4"
            })
    void brokenFraming_saysWhatAndWhere(String hex, String detail) {
        byte[] bytes = java.util.HexFormat.of().parseHex(hex);
        Splits.of(bytes).forEach(pieces -> assertEquals(new Malformed(detail), feed(pieces)));
    }

    @Test
    void brokenBodies_sayWhat() {
        assertMalformed("server_name stands twice", Hellos.serverName("a"), Hellos.serverName("b"));
        assertMalformed(
                "application_layer_protocol_negotiation stands twice",
                Hellos.applicationProtocols("a"),
                Hellos.applicationProtocols("b"));
        assertMalformed("a protocol name is empty", Hellos.applicationProtocols(""));
        assertMalformed(
                "bytes follow the server_name_list", Hellos.extension(0, new byte[] {0, 0, 1}));
        assertMalformed(
                "bytes follow the protocol_name_list", Hellos.extension(16, new byte[] {0, 0, 1}));
        assertMalformed("extension 9 of 5 bytes has only 1 at byte 85", new byte[] {0, 9, 0, 5, 1});
        byte[] longer = Hellos.join(Hellos.body(), new byte[3]);
        assertEquals(
                new Malformed("ClientHello: 3 bytes follow the extensions"),
                feed(Hellos.record(Hellos.message(longer))));
        byte[] sessionId = Hellos.body();
        sessionId[34] = 33;
        assertEquals(
                new Malformed("ClientHello: legacy_session_id is longer than 32 bytes"),
                feed(Hellos.record(Hellos.message(sessionId))));
    }

    @Property(tries = 2000)
    void randomBytes_neverThrow_andNeverAskPastTheLimit(@ForAll @Size(max = 300) byte[] bytes) {
        ClientHelloEvent event = feed(bytes, new TlsLimits(200));
        assertTrue(!(event instanceof NeedsInput) || bytes.length <= 200);
    }

    @Property(tries = 2000)
    void helloWithOneByteChanged_neverThrows(
            @ForAll @IntRange(max = 10_000) int at, @ForAll byte value) {
        byte[] hello =
                Hellos.with(
                        GREASE,
                        Hellos.serverName("self.example"),
                        Hellos.applicationProtocols("h2", "http/1.1"));
        hello[at % hello.length] = value;
        ClientHelloEvent whole = feed(hello);
        ClientHelloDecoder decoder = new ClientHelloDecoder(TlsLimits.DEFAULT);
        ClientHelloEvent last = new NeedsInput();
        for (byte octet : hello) {
            last = decoder.feed(ByteBuffer.wrap(new byte[] {octet}));
        }
        assertEquals(whole, last);
    }

    private static void assertMalformed(String detail, byte[]... extensions) {
        assertEquals(new Malformed("ClientHello: " + detail), feed(Hellos.with(extensions)));
    }

    private static ClientHello complete(byte[] wire) {
        return assertInstanceOf(Complete.class, feed(wire)).hello();
    }

    private static ClientHelloEvent feed(byte[] wire) {
        return feed(wire, TlsLimits.DEFAULT);
    }

    private static ClientHelloEvent feed(byte[] wire, TlsLimits limits) {
        return new ClientHelloDecoder(limits).feed(ByteBuffer.wrap(wire));
    }

    private static ClientHelloEvent feed(List<ByteBuffer> pieces) {
        ClientHelloDecoder decoder = new ClientHelloDecoder(TlsLimits.DEFAULT);
        ClientHelloEvent last = new NeedsInput();
        for (ByteBuffer piece : pieces) {
            last = decoder.feed(piece);
        }
        return last;
    }
}
