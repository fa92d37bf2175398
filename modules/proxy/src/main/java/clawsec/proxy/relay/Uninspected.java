package clawsec.proxy.relay;

import clawsec.http.Fields;
import clawsec.proxy.Inspection;
import java.nio.ByteBuffer;

/** The inspection of what is not inspected: a blind tunnel. Immutable. */
final class Uninspected implements Inspection {
    static final Uninspected INSTANCE = new Uninspected();

    private Uninspected() {}

    @Override
    public void head(ByteBuffer encoded, Fields fields) {}

    @Override
    public void content(ByteBuffer bytes) {}

    @Override
    public boolean isPending() {
        return false;
    }

    @Override
    public void flush() {}

    @Override
    public void end() {}

    @Override
    public void close() {}
}
