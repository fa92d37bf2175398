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

    /** Characters of what comes before the first part that may say what that is. */
    private static final int MAX_NAME = 64;

    /** Of parts and what stands between them, more is not looked at for what must not be shown. */
    private static final int MAX_RAW = 4096;

    private static final byte[] NOTHING = {};

    private final Layer text;
    private final Message message;

    /** Reads the texts; most targets have nothing to join. */
    private @Nullable Layer layer;

    private final Via none = Via.none();

    /** Tells what parts stand in, by the indexes of the first and the last. */
    private interface Raw {
        byte[] of(int first, int last);
    }

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
        read(url, parts.labels(), Notation.HOST);
        read(url, parts.segments(), Notation.PATH);
        read(url, parts.values(), Notation.QUERY);
    }

    /** Reads the values of a form (URL Standard §5). */
    void readFields(String form) {
        read(form, UrlParts.values(form, 0, form.length()), Notation.FIELDS);
    }

    /** Reads the contents of a multipart message's parts. */
    void readParts(List<String> contents) {
        read(contents, (_, _) -> NOTHING, Notation.MULTIPART);
    }

    /** As {@link Scanner#recycle}. */
    void recycle() {
        if (layer != null) {
            layer.recycle(false);
        }
    }

    private void read(String text, List<UrlParts.Part> parts, Notation notation) {
        if (!parts.isEmpty()) {
            read(
                    parts.stream().map(part -> part.of(text)).toList(),
                    (first, last) -> raw(text, parts.get(first).from(), parts.get(last).to()),
                    notation);
        }
    }

    /** A part of a text, which may tell by the names in it that values are secret. */
    private static byte[] raw(String text, int from, int to) {
        int begin = Math.max(0, from - MAX_NAME);
        int end = Math.min(to, begin + MAX_RAW);
        return text.substring(begin, end).getBytes(StandardCharsets.UTF_8);
    }

    private void read(List<String> parts, Raw raw, Notation notation) {
        int characters = parts.stream().mapToInt(String::length).sum();
        if (parts.size() < 2 || characters < UrlParts.LEAST_CHARACTERS) {
            return;
        }
        for (int first = 0; first < Math.min(parts.size() - 1, MAX_PARTS); first++) {
            long before = message.reporter().count();
            int end = Math.min(parts.size(), first + MAX_JOINED);
            read(parts.subList(first, end), raw.of(first, end - 1), none.then(notation));
            if (message.reporter().count() > before) {
                first = end - 1;
            }
        }
    }

    private void read(List<String> parts, byte[] raw, Via via) {
        if (layer == null) {
            layer = text.inner(true);
        }
        Layer joined = layer;
        joined.begin(false);
        joined.beginBeside(raw, NOTHING);
        for (int i = 0; i < parts.size(); i++) {
            if (i == 1) {
                joined.novelty().add(joined.place(), 0, false, via, 0, 0, 0);
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
