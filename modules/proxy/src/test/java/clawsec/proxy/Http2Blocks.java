package clawsec.proxy;

import clawsec.http.FieldLine;
import clawsec.http.hpack.HpackEncoder;
import clawsec.http.hpack.HpackLine;
import java.util.ArrayList;
import java.util.List;

/**
 * The header blocks that one end sends, of lines as {@code name: value}; with {@code !} in front
 * one is never indexed.
 */
final class Http2Blocks {
    private final HpackEncoder encoder = new HpackEncoder(4_096);

    /** The lines of a request. */
    static String[] request(
            String method, String scheme, String authority, String path, String... more) {
        List<String> lines = new ArrayList<>();
        lines.add(":method: " + method);
        lines.add(":scheme: " + scheme);
        lines.add(":authority: " + authority);
        lines.add(":path: " + path);
        lines.addAll(List.of(more));
        return lines.toArray(String[]::new);
    }

    byte[] encode(String... lines) {
        List<HpackLine> all = new ArrayList<>();
        for (String each : lines) {
            boolean isNever = each.startsWith("!");
            String line = isNever ? each.substring(1) : each;
            int colon = line.indexOf(": ", 1);
            all.add(
                    new HpackLine(
                            new FieldLine(line.substring(0, colon), line.substring(colon + 2)),
                            isNever));
        }
        return encoder.encode(all);
    }
}
