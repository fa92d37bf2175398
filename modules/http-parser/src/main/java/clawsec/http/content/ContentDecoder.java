package clawsec.http.content;

import clawsec.http.Fields;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Removes the content codings of one message (RFC 9110 §8.4), piece by piece, for inspection. Every
 * call gives the sink all that can be decoded so far. Decoding that cannot go on (an unknown
 * coding, broken data, a bound reached) is no error: the reason is kept in {@link #uninspected()},
 * and the sink gets the remaining bytes as they stand, so that a message which only claims to be
 * coded is seen as well. Text beside the content, in the headers of gzip members, goes to the sink
 * too: at once while there is no content, else after the end of it, so that it cuts nothing in two.
 * Confined to one thread at a time; holds native memory until closed.
 *
 * <pre>{@code
 * Content-Encoding: deflate, gzip      content ─► gzip ─► deflate ─► sink
 *                                                  └── stopped ────► sink
 * }</pre>
 */
public final class ContentDecoder implements AutoCloseable {
    /** The most text beside the content that is kept until the content ends. */
    static final int ASIDE_BYTES = 16_384;

    private final List<Stage> stages;
    private final List<String> codings;
    private final Budget budget;
    private @Nullable String uninspected;

    /** The first stage that stopped; those behind it get nothing any more. */
    private int stopped;

    private boolean isEnded;

    /** Text beside the content that waits for the content's end. */
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream(0);

    private boolean isAsideLost;
    private boolean hasContent;

    private ContentDecoder(List<Stage> stages, Budget budget, @Nullable String uninspected) {
        this.stages = stages;
        this.codings = stages.stream().map(Stage::coding).toList();
        this.budget = budget;
        this.uninspected = uninspected;
        this.stopped = stages.size();
    }

    /** A decoder for the content of the message with these fields. */
    public static ContentDecoder open(Fields fields, ContentLimits limits) {
        Budget budget = new Budget(limits);
        List<String> names = fields.members("Content-Encoding");
        List<Stage> stages = new ArrayList<>(names.size());
        String uninspected = null;
        // RFC 9110 §8.4: listed in the order in which they were applied, so the last is outermost
        for (String name : names.reversed()) {
            String coding = name.toLowerCase(Locale.ROOT);
            if (coding.equals("identity")) {
                continue;
            }
            if (stages.size() == limits.codings()) {
                uninspected = "more than " + limits.codings() + " codings";
                break;
            }
            switch (coding) {
                case "gzip", "x-gzip" -> stages.add(new GzipStage(budget));
                case "deflate" -> stages.add(new DeflateStage(budget));
                case "br" -> stages.add(new BrotliStage(budget));
                default -> uninspected = "coding " + printable(coding);
            }
            if (uninspected != null) {
                break;
            }
        }
        return new ContentDecoder(stages, budget, uninspected);
    }

    /**
     * Decodes and consumes {@code in}. The buffers given to {@code sink} are valid during its call
     * only.
     */
    public void decode(ByteBuffer in, Consumer<ByteBuffer> sink) {
        if (isEnded) {
            throw new IllegalStateException("content after its end");
        }
        budget.encoded(in.remaining());
        decode(0, in, sink);
        in.position(in.limit());
    }

    /** The content ended: the sink gets what was held back, and a coding cut short is noted. */
    public void end(Consumer<ByteBuffer> sink) {
        if (isEnded) {
            return;
        }
        isEnded = true;
        int running = stopped;
        for (int i = 0; i < running; i++) {
            Optional<String> missing = stages.get(i).end();
            if (missing.isPresent()) {
                stop(i, missing.get(), sink);
            }
        }
        if (kept.size() > 0) {
            sink.accept(ByteBuffer.wrap(kept.toByteArray()));
            kept.reset();
        }
    }

    /** The codings removed, outermost first, without identity: {@code [gzip]}. */
    public List<String> codings() {
        return codings;
    }

    /**
     * Why not all of the content was decoded: {@code coding compress}, {@code broken gzip}, {@code
     * incomplete gzip}, {@code ratio 200 exceeded}, {@code more than 4 codings}, and the like;
     * whole when this is closed.
     */
    public Optional<String> uninspected() {
        return Optional.ofNullable(uninspected);
    }

    /** Frees the native memory; the codings and the reason stay. */
    @Override
    public void close() {
        isEnded = true;
        if (uninspected == null && (isAsideLost || kept.size() > 0)) {
            uninspected = "gzip header text";
        }
        stages.forEach(Stage::close);
    }

    private void decode(int index, ByteBuffer in, Consumer<ByteBuffer> sink) {
        if (index >= stopped) {
            give(in, sink);
            return;
        }
        Optional<String> reason =
                stages.get(index)
                        .decode(
                                in,
                                bytes -> decode(index + 1, bytes, sink),
                                text -> aside(text, sink));
        if (reason.isPresent()) {
            stop(index, reason.get(), sink);
            give(in, sink);
        }
    }

    private void give(ByteBuffer content, Consumer<ByteBuffer> sink) {
        if (content.hasRemaining()) {
            hasContent = true;
            sink.accept(content);
        }
    }

    private void aside(ByteBuffer text, Consumer<ByteBuffer> sink) {
        if (!hasContent) {
            sink.accept(text);
            return;
        }
        if (kept.size() == 0) {
            kept.write('\n');
        }
        int count = Math.min(text.remaining(), 1 + ASIDE_BYTES - kept.size());
        kept.write(text.array(), text.arrayOffset() + text.position(), count);
        isAsideLost |= count < text.remaining();
    }

    private void stop(int index, String reason, Consumer<ByteBuffer> sink) {
        stopped = index;
        if (uninspected == null) {
            uninspected = reason;
        }
        give(stages.get(index).heldBack(), sink);
    }

    /** A coding's name is the peer's text: cut to what fits a log line. */
    private static String printable(String coding) {
        String text = coding.length() <= 32 ? coding : coding.substring(0, 32) + "...";
        return text.replaceAll("[^!-~]", "?");
    }
}
