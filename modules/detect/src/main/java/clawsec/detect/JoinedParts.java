package clawsec.detect;

import clawsec.detect.decode.Notation;
import clawsec.detect.decode.Via;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Joins what a secret may be cut over in a request's target: the values of its query, the segments
 * of its path, the labels of its host's name before the last two, and the values of a form or the
 * parts of a multipart message. From every part on, what follows is read as one text, of which only
 * what spans the first joint counts.
 */
final class JoinedParts {
    /** Parts after which no text begins. */
    static final int MAX_PARTS = 64;

    /** The most parts of a text. */
    static final int MAX_JOINED = 16;

    private final Layer text;
    private final Message message;

    /** Reads the texts; most targets have nothing to join. */
    private @Nullable Layer layer;

    private final Via none = Via.none();

    /**
     * @param text of the head
     */
    JoinedParts(Layer text, Message message) {
        this.text = text;
        this.message = message;
    }

    /** Reads the parts of an absolute URL. */
    void read(String url) {
        UrlParts parts = UrlParts.of(url);
        read(texts(url, parts.labels()), Notation.HOST);
        read(texts(url, parts.segments()), Notation.PATH);
        read(texts(url, parts.values()), Notation.QUERY);
    }

    /** Reads the values of a form (URL Standard §5). */
    void readFields(String form) {
        read(texts(form, UrlParts.values(form, 0, form.length())), Notation.FIELDS);
    }

    /** Reads the contents of a multipart message's parts. */
    void readParts(List<String> contents) {
        read(contents, Notation.MULTIPART);
    }

    /** As {@link Scanner#recycle}. */
    void recycle() {
        if (layer != null) {
            layer.recycle(false);
        }
    }

    private static List<String> texts(String text, List<UrlParts.Part> parts) {
        return parts.isEmpty() ? List.of() : parts.stream().map(part -> part.of(text)).toList();
    }

    private void read(List<String> parts, Notation notation) {
        int characters = parts.stream().mapToInt(String::length).sum();
        if (parts.size() < 2 || characters < UrlParts.LEAST_CHARACTERS) {
            return;
        }
        for (int first = 0; first < Math.min(parts.size() - 1, MAX_PARTS); first++) {
            long before = message.reporter().count();
            int end = Math.min(parts.size(), first + MAX_JOINED);
            read(parts.subList(first, end), none.then(notation));
            if (message.reporter().count() > before) {
                first = end - 1;
            }
        }
    }

    private void read(List<String> parts, Via via) {
        if (layer == null) {
            layer = text.inner(true);
        }
        Layer joined = layer;
        joined.begin(false);
        for (int i = 0; i < parts.size(); i++) {
            if (i == 1) {
                joined.novelty().add(joined.place(), 0, false, via, 0, 0);
            }
            byte[] bytes = parts.get(i).getBytes(StandardCharsets.UTF_8);
            if (!message.budget().spend(bytes.length)) {
                break;
            }
            joined.read(ByteBuffer.wrap(bytes));
            joined.flushMatches();
        }
        joined.end();
    }
}
