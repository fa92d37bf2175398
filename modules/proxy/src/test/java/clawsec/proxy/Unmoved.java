package clawsec.proxy;

import clawsec.http.Fields;
import java.nio.ByteBuffer;

/** An inspector that keeps nothing, for content that is too large to. */
final class Unmoved implements Inspector, Inspection {
    @Override
    public Inspection open(Passage passage) {
        return this;
    }

    @Override
    public void head(ByteBuffer encoded, Fields fields) {
        encoded.position(encoded.limit());
    }

    @Override
    public void content(ByteBuffer bytes) {
        bytes.position(bytes.limit());
    }

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
