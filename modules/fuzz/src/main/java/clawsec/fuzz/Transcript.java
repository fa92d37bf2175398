package clawsec.fuzz;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What a decoder said, as text; pieces of content next to each other are one. */
final class Transcript {
    private final List<String> events = new ArrayList<>();
    private final StringBuilder content = new StringBuilder();
    private String contentOf = "";

    /** Notes an event. */
    void note(Object event) {
        endContent();
        events.add(event.toString());
    }

    /**
     * Notes a piece of content.
     *
     * @param of what it is a piece of
     */
    void content(String of, ByteBuffer bytes) {
        if (!of.equals(contentOf)) {
            endContent();
            contentOf = of;
        }
        content.append(StandardCharsets.ISO_8859_1.decode(bytes.duplicate()));
    }

    int size() {
        return events.size();
    }

    /** All of it, in order. */
    List<String> whole() {
        endContent();
        return events;
    }

    private void endContent() {
        if (!content.isEmpty()) {
            events.add(contentOf + ": " + content);
            content.setLength(0);
        }
        contentOf = "";
    }
}
