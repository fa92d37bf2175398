package clawsec.proxy;

import clawsec.http.Fields;
import java.nio.ByteBuffer;

/** Looks at everything and keeps nothing. */
final class ForgetfulInspector implements Inspector {
    @Override
    public Inspection open(Passage passage) {
        return new Inspection() {
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
        };
    }
}
