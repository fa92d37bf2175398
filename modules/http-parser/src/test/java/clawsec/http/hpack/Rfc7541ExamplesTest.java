package clawsec.http.hpack;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The examples of RFC 7541 appendix C, named by their section. */
class Rfc7541ExamplesTest {
    private static final HpackLine CUSTOM_HEADER = HpackLine.of("custom-key", "custom-header");
    private static final List<HpackLine> FIRST_REQUEST =
            List.of(
                    HpackLine.of(":method", "GET"),
                    HpackLine.of(":scheme", "http"),
                    HpackLine.of(":path", "/"),
                    HpackLine.of(":authority", "www.example.com"));
    private static final List<HpackLine> SECOND_REQUEST =
            List.of(
                    HpackLine.of(":method", "GET"),
                    HpackLine.of(":scheme", "http"),
                    HpackLine.of(":path", "/"),
                    HpackLine.of(":authority", "www.example.com"),
                    HpackLine.of("cache-control", "no-cache"));
    private static final List<HpackLine> THIRD_REQUEST =
            List.of(
                    HpackLine.of(":method", "GET"),
                    HpackLine.of(":scheme", "https"),
                    HpackLine.of(":path", "/index.html"),
                    HpackLine.of(":authority", "www.example.com"),
                    HpackLine.of("custom-key", "custom-value"));
    private static final List<HpackLine> FIRST_RESPONSE =
            List.of(
                    HpackLine.of(":status", "302"),
                    HpackLine.of("cache-control", "private"),
                    HpackLine.of("date", "Mon, 21 Oct 2013 20:13:21 GMT"),
                    HpackLine.of("location", "https://www.example.com"));
    private static final List<HpackLine> SECOND_RESPONSE =
            List.of(
                    HpackLine.of(":status", "307"),
                    HpackLine.of("cache-control", "private"),
                    HpackLine.of("date", "Mon, 21 Oct 2013 20:13:21 GMT"),
                    HpackLine.of("location", "https://www.example.com"));
    private static final List<HpackLine> THIRD_RESPONSE =
            List.of(
                    HpackLine.of(":status", "200"),
                    HpackLine.of("cache-control", "private"),
                    HpackLine.of("date", "Mon, 21 Oct 2013 20:13:22 GMT"),
                    HpackLine.of("location", "https://www.example.com"),
                    HpackLine.of("content-encoding", "gzip"),
                    HpackLine.of(
                            "set-cookie",
                            "foo=ASDJKHQKBZXOQWEOPIUAXQWEOIU; max-age=3600; version=1"));

    private static final String[] REQUESTS_PLAIN = {
        "828684410f7777772e6578616d706c652e636f6d",
        "828684be58086e6f2d6361636865",
        "828785bf400a637573746f6d2d6b65790c637573746f6d2d76616c7565"
    };
    private static final String[] REQUESTS_HUFFMAN = {
        "828684418cf1e3c2e5f23a6ba0ab90f4ff",
        "828684be5886a8eb10649cbf",
        "828785bf408825a849e95ba97d7f8925a849e95bb8e8b4bf"
    };
    private static final String[] RESPONSES_PLAIN = {
        "4803333032580770726976617465611d4d6f6e2c203231204f637420323031332032303a31333a323120474d54"
                + "6e1768747470733a2f2f7777772e6578616d706c652e636f6d",
        "4803333037c1c0bf",
        "88c1611d4d6f6e2c203231204f637420323031332032303a31333a323220474d54c05a04677a69707738666f6f"
            + "3d4153444a4b48514b425a584f5157454f50495541585157454f49553b206d61782d6167653d333630"
            + "303b2076657273696f6e3d31"
    };
    private static final String[] RESPONSES_HUFFMAN = {
        "488264025885aec3771a4b6196d07abe941054d444a8200595040b8166e082a62d1bff6e919d29ad171863c78f"
                + "0b97c8e9ae82ae43d3",
        "4883640effc1c0bf",
        "88c16196d07abe941054d444a8200595040b8166e084a62d1bffc05a839bd9ab77ad94e7821dd7f2e6c7b335df"
                + "dfcd5b3960d5af27087f3672c1ab270fb5291f9587316065c003ed4ee5b1063d5007"
    };

    @Test
    void rfc7541_C_1_integersOfOneAndOfSeveralOctets() {
        assertEquals(10, integer("0a", 5));
        assertEquals(1337, integer("1f9a0a", 5));
        assertEquals(42, integer("2a", 8));
    }

    @Test
    void rfc7541_C_2_1_literalWithIndexing() {
        HpackDecoder decoder = new HpackDecoder(HpackLimits.DEFAULT);
        String wire = "400a637573746f6d2d6b65790d637573746f6d2d686561646572";
        assertEquals(List.of(CUSTOM_HEADER), decode(decoder, wire));
        assertEquals(55, decoder.tableBytes());
    }

    @Test
    void rfc7541_C_2_2_literalWithoutIndexing() {
        HpackDecoder decoder = new HpackDecoder(HpackLimits.DEFAULT);
        assertEquals(
                List.of(HpackLine.of(":path", "/sample/path")),
                decode(decoder, "040c2f73616d706c652f70617468"));
        assertEquals(0, decoder.tableBytes());
    }

    @Test
    void rfc7541_C_2_3_literalNeverIndexed() {
        HpackDecoder decoder = new HpackDecoder(HpackLimits.DEFAULT);
        assertEquals(
                List.of(new HpackLine(HpackLine.of("password", "secret").line(), true)),
                decode(decoder, "100870617373776f726406736563726574"));
        assertEquals(0, decoder.tableBytes());
    }

    @Test
    void rfc7541_C_2_4_indexed() {
        HpackDecoder decoder = new HpackDecoder(HpackLimits.DEFAULT);
        assertEquals(List.of(HpackLine.of(":method", "GET")), decode(decoder, "82"));
    }

    @Test
    void rfc7541_C_3_requestsWithoutHuffman() {
        HpackDecoder decoder = new HpackDecoder(HpackLimits.DEFAULT);
        assertEquals(FIRST_REQUEST, decode(decoder, REQUESTS_PLAIN[0]));
        assertEquals(57, decoder.tableBytes());
        assertEquals(SECOND_REQUEST, decode(decoder, REQUESTS_PLAIN[1]));
        assertEquals(110, decoder.tableBytes());
        assertEquals(THIRD_REQUEST, decode(decoder, REQUESTS_PLAIN[2]));
        assertEquals(164, decoder.tableBytes());
    }

    @Test
    void rfc7541_C_4_requestsWithHuffman_decodedAndEncoded() {
        HpackDecoder decoder = new HpackDecoder(HpackLimits.DEFAULT);
        HpackEncoder encoder = new HpackEncoder(HpackLimits.DEFAULT.tableBytes());
        List<List<HpackLine>> requests = List.of(FIRST_REQUEST, SECOND_REQUEST, THIRD_REQUEST);
        for (int i = 0; i < requests.size(); i++) {
            assertEquals(requests.get(i), decode(decoder, REQUESTS_HUFFMAN[i]));
            assertArrayEquals(bytes(REQUESTS_HUFFMAN[i]), encoder.encode(requests.get(i)));
        }
        assertEquals(164, decoder.tableBytes());
    }

    @Test
    void rfc7541_C_5_responsesWithoutHuffman_evictFromATableOf256() {
        HpackDecoder decoder = new HpackDecoder(new HpackLimits(256, 65_536, 256));
        assertEquals(FIRST_RESPONSE, decode(decoder, RESPONSES_PLAIN[0]));
        assertEquals(222, decoder.tableBytes());
        assertEquals(SECOND_RESPONSE, decode(decoder, RESPONSES_PLAIN[1]));
        assertEquals(222, decoder.tableBytes());
        assertEquals(THIRD_RESPONSE, decode(decoder, RESPONSES_PLAIN[2]));
        assertEquals(215, decoder.tableBytes());
    }

    @Test
    void rfc7541_C_6_responsesWithHuffman_evictFromATableOf256() {
        HpackDecoder decoder = new HpackDecoder(new HpackLimits(256, 65_536, 256));
        assertEquals(FIRST_RESPONSE, decode(decoder, RESPONSES_HUFFMAN[0]));
        assertEquals(SECOND_RESPONSE, decode(decoder, RESPONSES_HUFFMAN[1]));
        assertEquals(THIRD_RESPONSE, decode(decoder, RESPONSES_HUFFMAN[2]));
        assertEquals(215, decoder.tableBytes());
    }

    @Test
    void rfc7541_B_everyOctet_comesBackFromItsCode() {
        StringBuilder all = new StringBuilder();
        for (char octet = 0; octet < 256; octet++) {
            all.append(octet);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        HuffmanCode.encode(all.toString(), out);
        byte[] decoded = new byte[1024];
        assertEquals(HuffmanCode.encodedBytes(all.toString()), out.size());
        assertEquals(256, HuffmanDecoder.decode(out.toByteArray(), 0, out.size(), decoded));
        for (int octet = 0; octet < 256; octet++) {
            assertEquals(octet, decoded[octet] & 0xff);
        }
    }

    private static int integer(String wire, int prefixBits) {
        byte[] bytes = bytes(wire);
        return new HpackInput(bytes, 0, bytes.length).integer(prefixBits);
    }

    private static List<HpackLine> decode(HpackDecoder decoder, String wire) {
        List<HpackLine> lines = new ArrayList<>();
        byte[] block = bytes(wire);
        assertEquals(Optional.empty(), decoder.decode(block, 0, block.length, lines::add));
        return lines;
    }

    private static byte[] bytes(String wire) {
        return HexFormat.of().parseHex(wire);
    }
}
