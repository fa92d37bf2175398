package clawsec.http.content;

import clawsec.http.Fields;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
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
 * coded is seen as well; all of its bytes, when that shows within the first 4,096. Content that is
 * gzip or zstd by its first bytes is taken for that, where the fields name another coding or none.
 * Text beside the content, in the headers of gzip members and in zstd's skippable frames, goes to
 * the sink too: at once while there is no content, else after the end of it, so that it cuts
 * nothing in two. Confined to one thread at a time; holds memory that others wait for until closed.
 *
 * <pre>{@code
 * Content-Encoding: deflate, gzip      content ─► gzip ─► deflate ─► magic? ─► sink
 *                                                  └── stopped ─► magic? ────► sink
 * }</pre>
 */
public final class ContentDecoder implements AutoCloseable {
    /** The most text beside the content that is kept until the content ends. */
    static final int ASIDE_BYTES = 16_384;

    private final List<Layer> layers;
    private final Budget budget;
    private final int mostCodings;
    private @Nullable String uninspected;

    /** The first layer that stopped; those behind it get nothing any more. */
    private int stopped;

    /** Before which layer, or behind the last, content is looked at for its magic; or -1. */
    private int looking;

    /** Whether content was looked at behind the last layer when one before it had stopped. */
    private boolean isTailOpen;

    private final byte[] looked = new byte[Magic.BYTES];
    private int lookedBytes;

    /** Why the layer stopped that may be of another coding. */
    private String doubt = "";

    private boolean isEnded;

    /** Text beside the content that waits for the content's end. */
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream(0);

    /** The coding whose text beside the content was more than could be kept. */
    private @Nullable String asideLost;

    private String asideCoding = "";
    private boolean hasContent;

    private ContentDecoder(
            List<Layer> layers, Budget budget, int mostCodings, @Nullable String uninspected) {
        this.layers = layers;
        this.budget = budget;
        this.mostCodings = mostCodings;
        this.uninspected = uninspected;
        this.stopped = layers.size();
        this.looking = mostCodings > 0 ? layers.size() : -1;
    }

    /** A decoder for the content of the message with these fields. */
    public static ContentDecoder open(Fields fields, ContentLimits limits) {
        Budget budget = new Budget(limits);
        List<String> names = fields.members("Content-Encoding");
        List<Layer> layers = new ArrayList<>(names.size());
        String uninspected = null;
        // RFC 9110 §8.4: listed in the order in which they were applied, so the last is outermost
        for (String name : names.reversed()) {
            String coding = name.toLowerCase(Locale.ROOT);
            if (coding.equals("identity")) {
                continue;
            }
            if (layers.size() == limits.codings()) {
                uninspected = "more than " + limits.codings() + " codings";
                break;
            }
            Stage stage = stage(coding, budget);
            if (stage == null) {
                uninspected = "coding " + printable(coding);
                break;
            }
            layers.add(new Layer(stage, false));
        }
        return new ContentDecoder(layers, budget, limits.codings(), uninspected);
    }

    /**
     * A decoder for data that somebody else took for being of a coding, and looks at himself: what
     * it is not is not guessed, and what was consumed is not given back.
     *
     * @param coding gzip, deflate, br or zstd
     */
    public static ContentDecoder only(String coding, ContentLimits limits) {
        Budget budget = new Budget(limits);
        Stage stage = stage(coding, budget);
        if (stage == null) {
            throw new IllegalArgumentException(coding + " is not known");
        }
        return new ContentDecoder(List.of(new Layer(stage, true)), budget, 0, null);
    }

    private static @Nullable Stage stage(String coding, Budget budget) {
        return switch (coding) {
            case "gzip", "x-gzip" -> new GzipStage(budget);
            case "deflate" -> new DeflateStage(budget);
            case "br" -> new BrotliStage(budget);
            case "zstd" -> new ZstdStage(budget);
            default -> null;
        };
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
        if (looking >= 0) {
            settle(ByteBuffer.allocate(0), sink);
        }
        int running = stopped;
        for (int i = 0; i < running; i++) {
            Optional<String> missing = layers.get(i).stage().end();
            if (missing.isPresent()) {
                ByteBuffer untouched = layers.get(i).untouched();
                stop(i, missing.get());
                give(untouched, sink);
            }
        }
        if (kept.size() > 0) {
            sink.accept(ByteBuffer.wrap(kept.toByteArray()));
            kept.reset();
        }
    }

    /** The codings that content was taken to be in, outermost first: {@code [gzip]}. */
    public List<String> codings() {
        return names(layers.size());
    }

    /** Those of them that what the sink got last was decoded from. */
    public List<String> applied() {
        return names(stopped);
    }

    /**
     * Why not all of the content was decoded, or is not what its end says: {@code coding foo},
     * {@code broken gzip}, {@code incomplete zstd}, {@code ratio 200 exceeded}, {@code more than 4
     * codings}, {@code wrong gzip checksum}, and the like; whole when this is closed.
     */
    public Optional<String> uninspected() {
        return Optional.ofNullable(uninspected);
    }

    /** Frees the memory; the codings and the reason stay. */
    @Override
    public void close() {
        isEnded = true;
        if (kept.size() > 0) {
            asideLost = asideCoding;
        }
        if (uninspected == null && asideLost != null) {
            uninspected = asideLost.equals("gzip") ? "gzip header text" : "zstd skippable frame";
        }
        for (Layer layer : layers) {
            if (uninspected == null) {
                uninspected = layer.stage().flaw().orElse(null);
            }
            layer.stage().close();
        }
    }

    private void decode(int index, ByteBuffer in, Consumer<ByteBuffer> sink) {
        if (index == looking) {
            look(in, sink);
            return;
        }
        if (index >= stopped) {
            give(in, sink);
            return;
        }
        Layer layer = layers.get(index);
        Optional<String> reason =
                layer.decode(
                        in,
                        bytes -> decode(index + 1, bytes, sink),
                        text -> aside(layer.stage().coding(), text, sink));
        if (reason.isPresent()) {
            fail(index, reason.get(), in, sink);
        }
    }

    /** What a layer took to be its coding and was not may be another one. */
    private void fail(int index, String reason, ByteBuffer rest, Consumer<ByteBuffer> sink) {
        boolean wasTailOpen = looking == layers.size();
        if (looking >= 0 && lookedBytes > 0) {
            settle(ByteBuffer.allocate(0), sink);
        }
        Layer layer = layers.get(index);
        ByteBuffer head = layer.untouched();
        if (layer.isDoubtful()) {
            isTailOpen = wasTailOpen && looking >= 0;
            looking = index;
            doubt = reason;
            decode(index, head, sink);
            decode(index, rest, sink);
        } else {
            stop(index, reason);
            give(head, sink);
            give(rest, sink);
        }
    }

    private void look(ByteBuffer in, Consumer<ByteBuffer> sink) {
        int more = Magic.gather(in, looked, lookedBytes);
        Magic magic = Magic.of(looked, lookedBytes + more);
        if (magic == Magic.UNDECIDED) {
            lookedBytes += more;
            return;
        }
        int index = looking;
        boolean isTail = index == layers.size();
        if (magic == Magic.NONE || (isTail && index == mostCodings)) {
            settle(in, sink);
            return;
        }
        Stage stage = magic.open(budget);
        if (isTail) {
            layers.add(new Layer(stage, false));
            stopped = layers.size();
            looking = layers.size();
        } else if (layers.get(index).stage().coding().equals(stage.coding())) {
            settle(in, sink);
            return;
        } else {
            layers.get(index).stage().close();
            layers.set(index, new Layer(stage, false));
            looking = isTailOpen ? layers.size() : -1;
        }
        ByteBuffer first = ByteBuffer.wrap(Arrays.copyOf(looked, lookedBytes));
        lookedBytes = 0;
        decode(index, first, sink);
        decode(index, in, sink);
    }

    /** No coding is told by what was looked at: it is given as it came. */
    private void settle(ByteBuffer in, Consumer<ByteBuffer> sink) {
        int index = looking;
        looking = -1;
        if (index < layers.size()) {
            stop(index, doubt);
        }
        int count = lookedBytes;
        lookedBytes = 0;
        give(ByteBuffer.wrap(looked, 0, count), sink);
        give(in, sink);
    }

    private void give(ByteBuffer content, Consumer<ByteBuffer> sink) {
        if (content.hasRemaining()) {
            hasContent = true;
            sink.accept(content);
        }
    }

    private void aside(String coding, ByteBuffer text, Consumer<ByteBuffer> sink) {
        if (!hasContent) {
            sink.accept(text);
            return;
        }
        asideCoding = coding;
        if (kept.size() == 0) {
            kept.write('\n');
        }
        int count = Math.min(text.remaining(), 1 + ASIDE_BYTES - kept.size());
        kept.write(text.array(), text.arrayOffset() + text.position(), count);
        if (count < text.remaining()) {
            asideLost = coding;
        }
    }

    private void stop(int index, String reason) {
        stopped = index;
        layers.get(index).stage().close();
        if (uninspected == null) {
            uninspected = reason;
        }
    }

    private List<String> names(int count) {
        return layers.stream().limit(count).map(layer -> layer.stage().coding()).toList();
    }

    /** A coding's name is the peer's text: cut to what fits a log line. */
    private static String printable(String coding) {
        String text = coding.length() <= 32 ? coding : coding.substring(0, 32) + "...";
        return text.replaceAll("[^!-~]", "?");
    }
}
