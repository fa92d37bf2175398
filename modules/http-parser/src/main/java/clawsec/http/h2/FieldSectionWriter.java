package clawsec.http.h2;

import clawsec.http.FieldLine;
import clawsec.http.Fields;
import clawsec.http.RequestHead;
import clawsec.http.ResponseHead;
import clawsec.http.hpack.HpackLine;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Makes the field lines of header blocks from heads and trailers, which may have come with
 * HTTP/1.1: names in lower case, and without the fields of its connection (RFC 9113 §8.2.2). No
 * state.
 */
public final class FieldSectionWriter {
    private FieldSectionWriter() {}

    /**
     * A request's lines. Its Host becomes {@code :authority}.
     *
     * @param request of which the target is a path, {@code *}, or for CONNECT an authority
     */
    public static List<HpackLine> request(FieldSection.Request request) {
        RequestHead head = request.head();
        List<HpackLine> lines = new ArrayList<>(head.fields().lines().size() + 4);
        boolean isConnect = head.method().equals("CONNECT") && request.protocol().isEmpty();
        lines.add(HpackLine.of(":method", head.method()));
        request.protocol().ifPresent(protocol -> lines.add(HpackLine.of(":protocol", protocol)));
        if (!isConnect) {
            lines.add(HpackLine.of(":scheme", request.scheme()));
        }
        Optional<String> host = head.fields().first("Host");
        String authority = isConnect ? head.target() : host.orElse("");
        if (!authority.isEmpty()) {
            lines.add(HpackLine.of(":authority", authority));
        }
        if (!isConnect) {
            lines.add(HpackLine.of(":path", head.target()));
        }
        add(head.fields(), request.neverIndexed(), lines);
        return lines;
    }

    public static List<HpackLine> response(FieldSection.Response response) {
        ResponseHead head = response.head();
        List<HpackLine> lines = new ArrayList<>(head.fields().lines().size() + 1);
        lines.add(HpackLine.of(":status", Integer.toString(head.status())));
        add(head.fields(), response.neverIndexed(), lines);
        return lines;
    }

    public static List<HpackLine> trailers(Fields fields) {
        List<HpackLine> lines = new ArrayList<>(fields.lines().size());
        add(fields, Set.of(), lines);
        return lines;
    }

    private static void add(Fields fields, Set<String> neverIndexed, List<HpackLine> into) {
        Set<String> ofConnection = new HashSet<>(FieldRules.OF_CONNECTION);
        // RFC 9110 §7.6.1: Connection names further ones.
        fields.members("Connection")
                .forEach(name -> ofConnection.add(name.toLowerCase(Locale.ROOT)));
        for (FieldLine line : fields.lines()) {
            String name = line.lowerName();
            boolean isTe = name.equals("te") && !line.value().equalsIgnoreCase("trailers");
            if (!ofConnection.contains(name) && !isTe && !name.equals("host")) {
                into.add(
                        new HpackLine(
                                new FieldLine(name, line.value()), neverIndexed.contains(name)));
            }
        }
    }
}
