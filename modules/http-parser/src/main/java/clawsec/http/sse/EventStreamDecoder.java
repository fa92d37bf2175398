package clawsec.http.sse;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads an event stream (HTML Standard §9.2.6). No bytes are malformed there: what means nothing is
 * passed over. Of an event nothing is held but its type, so an event of any size passes in constant
 * memory; one that the end of the stream cuts off is never dispatched. Confined to one thread.
 *
 * <pre>{@code
 * :comment ⏎ event: type ⏎ data: piece ⏎ data: piece ⏎ ⏎
 *                                 │           │        └─► Dispatched
 *                                 └─► Data    └─► Data (a line feed), Data
 * }</pre>
 */
public final class EventStreamDecoder {
    /** The longest value of an {@code event} or {@code id} line that is taken. */
    public static final int MAX_FIELD_BYTES = 1024;

    private static final StreamEvent NEEDS_INPUT = new StreamEvent.NeedsInput();
    private static final StreamEvent DROPPED = new StreamEvent.Dropped();
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
    private static final byte[] LINE_FEED = {'\n'};
    private static final int MAX_NAME_BYTES = 5;
    private static final int FIRST_FIELD_BYTES = 64;

    private enum State {
        STREAM_START,
        LINE_START,
        NAME,
        VALUE_START,
        VALUE
    }

    private enum Field {
        DATA("data"),
        EVENT("event"),
        ID("id"),
        RETRY("retry"),
        /** A comment, or a field that means nothing. */
        NONE("");

        private final long packed;
        private final String text;

        Field(String text) {
            this.text = text;
            this.packed = packed(text);
        }

        private static long packed(String name) {
            long packed = 0;
            for (int i = 0; i < name.length(); i++) {
                packed = packed << Byte.SIZE | name.charAt(i);
            }
            return packed;
        }
    }

    private State state = State.STREAM_START;
    private Field field = Field.NONE;

    /** A line feed here belongs to the carriage return before it. */
    private boolean isAfterReturn;

    private int markBytes;

    /** The name of the field, of which a longer one than any that means something is not kept. */
    private long name;

    private int nameLength;

    /** The value that is read of a line that is not data. */
    private byte[] value = new byte[0];

    private int valueLength;
    private boolean hasLines;
    private boolean hasData;
    private String type = "";
    private String id = "";
    private StreamEvent.Dispatched latest = new StreamEvent.Dispatched("message", "");

    /** A decoder at the beginning of a stream. */
    public EventStreamDecoder() {}

    /** The next event; consumes what it reads from {@code in}. */
    public StreamEvent poll(ByteBuffer in) {
        while (in.hasRemaining()) {
            StreamEvent event =
                    switch (state) {
                        case STREAM_START -> skipMark(in);
                        case LINE_START -> startLine(in);
                        case NAME -> readName(in);
                        case VALUE_START -> startValue(in);
                        case VALUE -> field == Field.DATA ? data(in) : readValue(in);
                    };
            if (event != NEEDS_INPUT) {
                return event;
            }
        }
        return NEEDS_INPUT;
    }

    /** §9.2.5: one byte order mark may stand in front. */
    private StreamEvent skipMark(ByteBuffer in) {
        if (in.get(in.position()) != BYTE_ORDER_MARK[markBytes]) {
            // Its beginning alone is the beginning of a name that means nothing.
            state = markBytes == 0 ? State.LINE_START : State.NAME;
            nameLength = markBytes;
            return NEEDS_INPUT;
        }
        in.get();
        markBytes++;
        if (markBytes == BYTE_ORDER_MARK.length) {
            state = State.LINE_START;
            markBytes = 0;
        }
        return NEEDS_INPUT;
    }

    private StreamEvent startLine(ByteBuffer in) {
        byte first = in.get(in.position());
        boolean isRestOfLineEnd = isAfterReturn && first == '\n';
        isAfterReturn = false;
        if (isRestOfLineEnd) {
            in.get();
        } else if (isLineEnd(first)) {
            in.get();
            isAfterReturn = first == '\r';
            return hasLines ? dispatch() : NEEDS_INPUT;
        } else {
            state = State.NAME;
            name = 0;
            nameLength = 0;
        }
        return NEEDS_INPUT;
    }

    private StreamEvent dispatch() {
        boolean isDispatched = hasData;
        String dispatchedType = type.isEmpty() ? "message" : type;
        hasLines = false;
        hasData = false;
        type = "";
        if (!isDispatched) {
            return DROPPED;
        }
        if (!latest.type().equals(dispatchedType) || !latest.lastEventId().equals(id)) {
            latest = new StreamEvent.Dispatched(dispatchedType, id);
        }
        return latest;
    }

    private StreamEvent readName(ByteBuffer in) {
        hasLines = true;
        while (in.hasRemaining()) {
            byte next = in.get(in.position());
            if (next == ':') {
                in.get();
                state = State.VALUE_START;
                return beginValue();
            }
            if (isLineEnd(next)) {
                // A line without a colon is a field without a value.
                state = State.VALUE;
                return beginValue();
            }
            in.get();
            name = name << Byte.SIZE | next & 0xff;
            nameLength = Math.min(nameLength + 1, MAX_NAME_BYTES + 1);
        }
        return NEEDS_INPUT;
    }

    private StreamEvent beginValue() {
        field = Field.NONE;
        for (Field each : Field.values()) {
            if (nameLength == each.text.length() && name == each.packed) {
                field = each;
            }
        }
        valueLength = 0;
        if (field != Field.DATA) {
            return NEEDS_INPUT;
        }
        boolean isFurther = hasData;
        hasData = true;
        return isFurther ? new StreamEvent.Data(ByteBuffer.wrap(LINE_FEED)) : NEEDS_INPUT;
    }

    private StreamEvent startValue(ByteBuffer in) {
        if (in.get(in.position()) == ' ') {
            in.get();
        }
        state = State.VALUE;
        return NEEDS_INPUT;
    }

    private StreamEvent data(ByteBuffer in) {
        int from = in.position();
        int to = lineEnd(in);
        if (to == from) {
            endLine(in);
            return NEEDS_INPUT;
        }
        in.position(to);
        return new StreamEvent.Data(in.slice(from, to - from));
    }

    private StreamEvent readValue(ByteBuffer in) {
        int to = lineEnd(in);
        int count = to - in.position();
        if (field == Field.NONE) {
            in.position(to);
        } else {
            keep(in, count);
        }
        if (!in.hasRemaining()) {
            return NEEDS_INPUT;
        }
        endLine(in);
        return endValue();
    }

    /** Keeps the next bytes of the value, one more than it may have at most. */
    private void keep(ByteBuffer in, int count) {
        int kept = Math.min(count, MAX_FIELD_BYTES + 1 - valueLength);
        if (valueLength + kept > value.length) {
            int size =
                    Math.clamp(2L * (valueLength + kept), FIRST_FIELD_BYTES, MAX_FIELD_BYTES + 1);
            value = Arrays.copyOf(value, size);
        }
        in.get(value, valueLength, kept);
        valueLength += kept;
        in.position(in.position() + count - kept);
    }

    private StreamEvent endValue() {
        if (valueLength > MAX_FIELD_BYTES && field != Field.RETRY) {
            return new StreamEvent.Oversized(field.text);
        }
        switch (field) {
            case EVENT -> type = text(latest.type());
            case ID -> takeId();
            case RETRY -> {
                return retry();
            }
            case DATA, NONE -> {}
        }
        return NEEDS_INPUT;
    }

    private void takeId() {
        for (int i = 0; i < valueLength; i++) {
            if (value[i] == 0) {
                return;
            }
        }
        id = text(id);
    }

    /** The value; {@code likely} itself if it is the same. */
    private String text(String likely) {
        boolean isSame = likely.length() == valueLength;
        for (int i = 0; isSame && i < valueLength; i++) {
            isSame = value[i] >= 0 && value[i] == likely.charAt(i);
        }
        return isSame ? likely : new String(value, 0, valueLength, StandardCharsets.UTF_8);
    }

    private StreamEvent retry() {
        long millis = 0;
        for (int i = 0; i < valueLength; i++) {
            int digit = value[i] - '0';
            if (digit < 0 || digit > 9) {
                return NEEDS_INPUT;
            }
            millis = millis > (Long.MAX_VALUE - digit) / 10 ? Long.MAX_VALUE : millis * 10 + digit;
        }
        boolean isCut = valueLength > MAX_FIELD_BYTES;
        return valueLength == 0 || isCut ? NEEDS_INPUT : new StreamEvent.Retry(millis);
    }

    private void endLine(ByteBuffer in) {
        isAfterReturn = in.get() == '\r';
        state = State.LINE_START;
    }

    private static int lineEnd(ByteBuffer in) {
        int at = in.position();
        if (in.hasArray()) {
            byte[] bytes = in.array();
            int first = in.arrayOffset();
            int end = first + in.limit();
            int index = first + at;
            while (index < end && !isLineEnd(bytes[index])) {
                index++;
            }
            return index - first;
        }
        while (at < in.limit() && !isLineEnd(in.get(at))) {
            at++;
        }
        return at;
    }

    private static boolean isLineEnd(byte next) {
        return next == '\n' || next == '\r';
    }
}
