package clawsec.proxy;

import clawsec.http.Fields;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Remembers every message it is offered. Safe for many threads. */
final class RecordingInspector implements Inspector {
    private final List<Seen> seen = new CopyOnWriteArrayList<>();

    /** One message, as far as it was offered. */
    static final class Seen implements Inspection {
        private final Passage passage;
        private final List<String> codings;
        private final ByteArrayOutputStream head = new ByteArrayOutputStream();
        private final ByteArrayOutputStream content = new ByteArrayOutputStream();
        private volatile boolean isEnded;
        private volatile boolean isClosed;

        private Seen(Passage passage, List<String> codings) {
            this.passage = passage;
            this.codings = codings;
        }

        /** What was removed from the content of one of several messages. */
        List<String> codings() {
            return codings;
        }

        Passage passage() {
            return passage;
        }

        synchronized String headText() {
            return head.toString(StandardCharsets.ISO_8859_1);
        }

        synchronized String contentText() {
            return content.toString(StandardCharsets.ISO_8859_1);
        }

        boolean isEnded() {
            return isEnded;
        }

        boolean isClosed() {
            return isClosed;
        }

        @Override
        public synchronized void head(ByteBuffer encoded, Fields fields) {
            drain(encoded, head);
        }

        @Override
        public synchronized void content(ByteBuffer bytes) {
            drain(bytes, content);
        }

        @Override
        public boolean isPending() {
            return false;
        }

        @Override
        public void flush() {}

        @Override
        public void end() {
            isEnded = true;
        }

        @Override
        public void close() {
            isClosed = true;
        }

        private static void drain(ByteBuffer bytes, ByteArrayOutputStream into) {
            byte[] copy = new byte[bytes.remaining()];
            bytes.get(copy);
            into.writeBytes(copy);
        }
    }

    @Override
    public Inspection open(Passage passage) {
        return add(passage, List.of());
    }

    private Seen add(Passage passage, List<String> codings) {
        Seen message = new Seen(passage, codings);
        seen.add(message);
        return message;
    }

    @Override
    public SequenceInspection openSequence(Passage passage) {
        return new SequenceInspection() {
            @Override
            public Inspection next(List<String> codings) {
                return add(passage, codings);
            }

            @Override
            public boolean isPending() {
                return false;
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
    }

    /** The messages of one direction but for CONNECT heads, in the order in which they began. */
    List<Seen> seen(boolean outbound) {
        return seen.stream()
                .filter(message -> message.passage().outbound() == outbound)
                .filter(message -> !message.passage().method().equals("CONNECT"))
                .toList();
    }

    /** The heads of CONNECT requests, in order. */
    List<Seen> connects() {
        return seen.stream()
                .filter(message -> message.passage().method().equals("CONNECT"))
                .toList();
    }
}
