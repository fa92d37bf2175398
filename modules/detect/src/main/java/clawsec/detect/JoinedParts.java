package clawsec.detect;

import clawsec.detect.decode.Notation;
import clawsec.detect.decode.Via;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Joins what a secret may be cut over in a request's target: the segments of its path and the
 * values of its query, the labels of its host's name before the last two; and the values of a form
 * or the parts of a multipart message. From every part on, what follows is read as one text, of
 * which only what spans the first joint counts; of the {@link UrlParts#orders orders} those behind
 * the first with a finding are not read.
 */
final class JoinedParts {
    /** Parts after which no text begins, which is counted. */
    static final int MAX_PARTS = 64;

    /** The most parts of a text; where there would be more, that is counted. */
    static final int MAX_JOINED = 64;

    /** Characters behind the first part after which a text has no other; as much as a match has. */
    static final int MAX_CHARACTERS = 4096;

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
        if (!parts.labels().isEmpty()) {
            read(url, parts.labelOrders(url));
        }
        if (!parts.target().isEmpty()) {
            read(url, UrlParts.orders(parts.target()));
        }
    }

    /** Reads the values of a form (URL Standard §5). */
    void readFields(String form) {
        List<UrlParts.Part> values = UrlParts.values(form, 0, form.length(), Notation.FIELDS);
        read(form, UrlParts.orders(values));
    }

    /** Reads the contents of a multipart message's parts, in their order only. */
    void readParts(List<String> contents) {
        List<UrlParts.Part> parts = new ArrayList<>();
        int at = 0;
        for (String content : contents) {
            parts.add(new UrlParts.Part(at, at + content.length(), Notation.MULTIPART));
            at += content.length();
        }
        read(String.join("", contents), UrlParts.orders(parts).stream().limit(1).toList());
    }

    /** As {@link Scanner#recycle}. */
    void recycle() {
        if (layer != null) {
            layer.recycle(false);
        }
    }

    /** The index after the last part that is read together with one and those behind it. */
    static int end(List<UrlParts.Part> parts, int first) {
        int most = Math.min(parts.size(), first + MAX_JOINED);
        int end = first + 1;
        int characters = 0;
        while (end < most && characters < MAX_CHARACTERS) {
            characters += parts.get(end++).length();
        }
        return end;
    }

    private void read(String text, List<List<UrlParts.Part>> orders) {
        long before = message.reporter().count();
        boolean isCut = false;
        for (int i = 0; i < orders.size() && message.reporter().count() == before; i++) {
            isCut |= readOrder(text, orders.get(i));
        }
        if (isCut) {
            message.budget().cut();
        }
    }

    /** Returns whether a limit left something out. */
    private boolean readOrder(String text, List<UrlParts.Part> parts) {
        boolean isCut = parts.size() - 1 > MAX_PARTS;
        for (int first = 0; first < Math.min(parts.size() - 1, MAX_PARTS); first++) {
            long before = message.reporter().count();
            int end = end(parts, first);
            isCut |= end == first + MAX_JOINED && end < parts.size();
            readJoined(text, parts.subList(first, end));
            if (message.reporter().count() > before) {
                first = end - 1;
            }
        }
        return isCut;
    }

    private void readJoined(String text, List<UrlParts.Part> parts) {
        if (layer == null) {
            layer = this.text.inner(true);
        }
        Layer joined = layer;
        joined.begin(false);
        joined.beginBeside(raw(text, parts.getFirst(), parts.getLast()), NOTHING);
        for (int i = 0; i < parts.size(); i++) {
            if (i == 1) {
                Via via = none.then(parts.get(i).notation());
                joined.novelty().add(joined.place(), 0, false, via, 0, 0, 0);
            }
            byte[] bytes = parts.get(i).of(text).getBytes(StandardCharsets.UTF_8);
            if (!message.budget().spend(bytes.length)) {
                break;
            }
            joined.read(ByteBuffer.wrap(bytes));
            joined.flushMatches();
        }
        joined.end();
    }

    /** What parts stand in, which may tell by the names in it that values are secret. */
    private static byte[] raw(String text, UrlParts.Part first, UrlParts.Part last) {
        if (first.notation() == Notation.MULTIPART) {
            return NOTHING;
        }
        int begin = Math.max(0, Math.min(first.from(), last.from()) - MAX_NAME);
        int end = Math.min(Math.max(first.to(), last.to()), begin + MAX_RAW);
        return text.substring(begin, end).getBytes(StandardCharsets.UTF_8);
    }
}
