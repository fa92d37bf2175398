package clawsec.detect;

import clawsec.detect.decode.Notation;
import clawsec.detect.decode.Via;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
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

    /** Parts that are shorter together hold no secret. */
    private static final int LEAST_CHARACTERS = 16;

    private static final int DOMAIN_LABELS = 2;

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
        int scheme = url.indexOf("://");
        int authority = scheme < 0 ? 0 : scheme + 3;
        int path = endOf(url, authority, "/?#");
        int query = endOf(url, path, "?#");
        int end = endOf(url, path, "#");
        if (mayHold(url, authority, path, '.')) {
            read(labels(url.substring(authority, path)), Notation.HOST);
        }
        if (mayHold(url, path + 1, query, '/')) {
            read(List.of(url.substring(path + 1, query).split("/")), Notation.PATH);
        }
        if (mayHold(url, query + 1, end, '&')) {
            read(values(url.substring(query + 1, end)), Notation.QUERY);
        }
    }

    /** Reads the values of a form (URL Standard §5). */
    void readFields(String form) {
        read(values(form), Notation.FIELDS);
    }

    /** Reads the contents of a multipart message's parts. */
    void readParts(List<String> contents) {
        read(contents, Notation.MULTIPART);
    }

    /** Whether there are parts, long enough together for a secret. */
    private static boolean mayHold(String url, int from, int to, char divider) {
        int at = to - from < LEAST_CHARACTERS ? -1 : url.indexOf(divider, from);
        return at >= 0 && at < to;
    }

    /** As {@link Scanner#recycle}. */
    void recycle() {
        if (layer != null) {
            layer.recycle(false);
        }
    }

    private static int endOf(String text, int from, String ends) {
        int at = from;
        while (at < text.length() && ends.indexOf(text.charAt(at)) < 0) {
            at++;
        }
        return at;
    }

    private static List<String> labels(String authority) {
        String host = authority.substring(authority.lastIndexOf('@') + 1);
        List<String> labels = List.of(host.split("\\."));
        return labels.subList(0, Math.max(0, labels.size() - DOMAIN_LABELS));
    }

    private static List<String> values(String query) {
        List<String> values = new ArrayList<>();
        for (String field : query.split("&")) {
            values.add(field.substring(field.indexOf('=') + 1));
        }
        return values;
    }

    private void read(List<String> parts, Notation notation) {
        int characters = parts.stream().mapToInt(String::length).sum();
        if (parts.size() < 2 || characters < LEAST_CHARACTERS) {
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
