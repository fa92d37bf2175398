package clawsec.fuzz;

import clawsec.http.FieldLine;
import clawsec.http.Fields;
import clawsec.http.HttpVersion;
import clawsec.http.RequestHead;
import clawsec.http.h2.FieldSection;
import clawsec.http.h2.Http2Endpoint;
import clawsec.http.h2.Http2Error;
import clawsec.http.h2.Http2Limits;
import clawsec.http.hpack.HpackLimits;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Connections of HTTP/2 as our own endpoints make them, and frames that they do not make. */
final class Http2Seeds {
    private static final List<String> ODD_FRAMES =
            List.of(
                    "000008060000000000" + "0102030405060708",
                    "000004080000000000" + "00000001",
                    "000004030000000001" + "00000008",
                    "000005020000000003" + "0000000110",
                    "000000040100000000",
                    "000006040000000000" + "000100000000",
                    "000001010000000001" + "82" + "000003090400000001" + "868441",
                    "00000a000800000001" + "03" + "616263646566" + "000000",
                    "000008070000000000" + "0000000100000000");

    private Http2Seeds() {}

    static List<byte[]> ofClients() {
        Http2Endpoint client =
                Http2Endpoint.client(Http2Limits.DEFAULT, Http2Reading.LIMITS, HpackLimits.DEFAULT);
        ByteArrayOutputStream wire = new ByteArrayOutputStream();
        wire.writeBytes(client.begin());
        wire.writeBytes(client.request(request("GET"), true));
        wire.writeBytes(client.request(request("POST"), false));
        wire.writeBytes(HexFormat.of().parseHex("000003000100000003" + "616263"));
        client.reset(1, Http2Error.CANCEL);
        wire.writeBytes(client.takeReplies());
        return withOddFrames(wire.toByteArray());
    }

    static List<byte[]> ofOrigins() {
        String settings = "000000040000000000";
        String head = "000001010400000001" + "88";
        String content = "000003000100000001" + "616263";
        return withOddFrames(HexFormat.of().parseHex(settings + head + content));
    }

    /** A connection, and the same with each odd frame behind it. */
    private static List<byte[]> withOddFrames(byte[] connection) {
        List<byte[]> seeds = new ArrayList<>(List.of(connection));
        for (String frame : ODD_FRAMES) {
            ByteArrayOutputStream wire = new ByteArrayOutputStream();
            wire.writeBytes(connection);
            wire.writeBytes(HexFormat.of().parseHex(frame));
            seeds.add(wire.toByteArray());
        }
        return seeds;
    }

    private static FieldSection.Request request(String method) {
        return new FieldSection.Request(
                new RequestHead(
                        method,
                        "/",
                        HttpVersion.HTTP_2,
                        Fields.of(new FieldLine("host", "a.example"))),
                "https",
                Optional.empty(),
                Set.of());
    }
}
