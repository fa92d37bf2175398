package clawsec.http.h1;

/** How the end of a message's content is found (RFC 9112 §6.3). */
public sealed interface Framing {
    /** The message has no content. */
    record None() implements Framing {}

    /**
     * {@code bytes} bytes follow; 0 is allowed and differs from {@link None} only in what was said.
     */
    record Length(long bytes) implements Framing {}

    /** Chunks follow (RFC 9112 §7.1). */
    record Chunked() implements Framing {}

    /** Everything until the connection closes; responses only. */
    record UntilClose() implements Framing {}

    /** The connection leaves HTTP after this head: 101, or 2xx to CONNECT. */
    record Tunnel() implements Framing {}

    /** Whether there is content, or may be. */
    default boolean hasContent() {
        return switch (this) {
            case None none -> false;
            case Length length -> length.bytes() > 0;
            case Chunked chunked -> true;
            case UntilClose untilClose -> true;
            case Tunnel tunnel -> false;
        };
    }

    Framing NONE = new None();
    Framing CHUNKED = new Chunked();
    Framing UNTIL_CLOSE = new UntilClose();
    Framing TUNNEL = new Tunnel();
}
