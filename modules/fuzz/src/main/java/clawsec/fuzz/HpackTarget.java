package clawsec.fuzz;

import clawsec.http.FieldLine;
import clawsec.http.hpack.HpackDecoder;
import clawsec.http.hpack.HpackEncoder;
import clawsec.http.hpack.HpackLimits;
import clawsec.http.hpack.HpackLine;
import java.util.ArrayList;
import java.util.List;

/** Header blocks, one after the other, each of the length that its first byte says. */
public final class HpackTarget {
    private static final HpackLimits LIMITS = new HpackLimits(512, 4_096, 64);

    private HpackTarget() {}

    public static void fuzzerTestOneInput(byte[] input) {
        HpackDecoder decoder = new HpackDecoder(LIMITS);
        HpackEncoder encoder = new HpackEncoder(LIMITS.tableBytes());
        HpackDecoder back = new HpackDecoder(LIMITS);
        int at = 0;
        while (at < input.length) {
            int from = at + 1;
            int to = Math.min(input.length, from + (input[at] & 0xff));
            List<HpackLine> lines = new ArrayList<>();
            boolean isBroken = decoder.decode(input, from, to, lines::add).isPresent();
            check(decoder, lines);
            if (isBroken) {
                return;
            }
            roundTrip(lines, encoder, back);
            at = to;
        }
    }

    private static void check(HpackDecoder decoder, List<HpackLine> lines) {
        int bytes = 0;
        for (HpackLine line : lines) {
            bytes += line.line().name().length() + line.line().value().length() + 32;
        }
        if (bytes > LIMITS.listBytes() || lines.size() > LIMITS.lines()) {
            throw new IllegalStateException(lines.size() + " lines, " + bytes + " bytes");
        }
        if (decoder.tableBytes() > LIMITS.tableBytes()) {
            throw new IllegalStateException("a table of " + decoder.tableBytes() + " bytes");
        }
    }

    /** Without what a table may hold, which the encoder decides anew for some. */
    private static List<FieldLine> fieldLines(List<HpackLine> lines) {
        return lines.stream().map(HpackLine::line).toList();
    }

    /** What was decoded, encoded anew, is what was decoded. */
    private static void roundTrip(List<HpackLine> lines, HpackEncoder encoder, HpackDecoder back) {
        byte[] block = encoder.encode(lines);
        List<HpackLine> again = new ArrayList<>();
        boolean isBroken = back.decode(block, 0, block.length, again::add).isPresent();
        if (isBroken || !fieldLines(again).equals(fieldLines(lines))) {
            throw new IllegalStateException("decoded " + lines + "\nencoded anew " + again);
        }
    }
}
