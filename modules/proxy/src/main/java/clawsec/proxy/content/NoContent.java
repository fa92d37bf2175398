package clawsec.proxy.content;

import clawsec.http.h1.Http1Event;
import clawsec.proxy.net.Fill;
import java.time.Duration;

/** The content of a message that has none. Immutable. */
public final class NoContent implements ContentSource {
    public static final NoContent INSTANCE = new NoContent();

    private NoContent() {}

    @Override
    public Http1Event poll() {
        return Http1Event.END;
    }

    @Override
    public boolean fill() {
        return false;
    }

    @Override
    public Fill fill(Duration patience) {
        return Fill.END;
    }

    @Override
    public boolean isWhole() {
        return true;
    }

    @Override
    public boolean isExpired() {
        return false;
    }
}
