package clawsec.http.h1;

import clawsec.http.FieldLine;
import clawsec.http.Fields;
import java.util.ArrayList;
import java.util.List;

/**
 * A message as one line of text for each of its parts, to compare what a decoder read with what a
 * corpus says of the same bytes.
 *
 * @param start {@code GET /} or {@code 200 OK}
 * @param fields {@code name: value}, those of trailers left out
 * @param isWhole false where its end was not seen
 */
record PlainMessage(String start, List<String> fields, String content, boolean isWhole) {
    /** The messages of a trace, in order. */
    static List<PlainMessage> of(Trace trace) {
        List<PlainMessage> messages = new ArrayList<>();
        for (Object event : trace.events()) {
            switch (event) {
                case Http1Event.Request request ->
                        messages.add(
                                of(
                                        request.head().method() + " " + request.head().target(),
                                        request.head().fields(),
                                        false));
                case Http1Event.Response response ->
                        messages.add(
                                of(
                                        response.head().status() + " " + response.head().reason(),
                                        response.head().fields(),
                                        response.head().isInterim()));
                case String content -> messages.add(messages.removeLast().with(content));
                case Http1Event.End _ -> messages.add(messages.removeLast().ended());
                default -> {}
            }
        }
        return messages;
    }

    PlainMessage withoutField(String line) {
        List<String> others = new ArrayList<>(fields);
        others.remove(line);
        return new PlainMessage(start, others, content, isWhole);
    }

    private static PlainMessage of(String start, Fields fields, boolean isWhole) {
        return new PlainMessage(
                start, fields.lines().stream().map(PlainMessage::text).toList(), "", isWhole);
    }

    private PlainMessage with(String more) {
        return new PlainMessage(start, fields, content + more, isWhole);
    }

    private PlainMessage ended() {
        return new PlainMessage(start, fields, content, true);
    }

    private static String text(FieldLine line) {
        return line.name() + ": " + line.value();
    }
}
