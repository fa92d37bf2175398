package clawsec.detect;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;

/**
 * Reads the name of one member of a JSON object after another and tells what its value is good for
 * when events are joined. Confined to its reader.
 */
final class DeltaNames {
    /** Of a longer name the rest is not looked at. */
    private static final int MAX_BYTES = 64;

    private static final long PRIME = 0x100000001B3L;
    private static final long OFFSET = 0xCBF29CE484222325L;

    /** Members whose strings are texts wherever they stand. */
    private static final long[] TEXTS =
            hashes(
                    "answer",
                    "args",
                    "arguments",
                    "code",
                    "completion",
                    "content",
                    "data",
                    "generated_text",
                    "input",
                    "message",
                    "output",
                    "partial_json",
                    "reasoning",
                    "reasoning_content",
                    "refusal",
                    "response",
                    "stringValue",
                    "text",
                    "thinking");

    /** Members whose strings are none in a delta either. */
    private static final long[] OTHERS =
            hashes(
                    "finish_reason",
                    "id",
                    "name",
                    "object",
                    "role",
                    "signature",
                    "status",
                    "stop_reason",
                    "type");

    private static final long INDEX = hash("index");
    private static final long ITEM_ID = hash("item_id");
    private static final byte[] DELTA = "delta".getBytes(StandardCharsets.US_ASCII);

    private final byte[] bytes = new byte[MAX_BYTES];
    private int length;
    private long hash;

    /** What a member's value is good for. */
    enum Kind {
        /** A string is a piece of a text. */
        TEXT,
        /** All strings at and below it are, but for those of {@link #OTHER}. */
        DELTA,
        /** Tells which of several texts the object is about. */
        INDEX,
        OTHER,
        UNKNOWN
    }

    void begin() {
        length = 0;
        hash = OFFSET;
    }

    void add(byte[] text, int from, int to) {
        for (int i = from; i < to; i++) {
            hash = (hash ^ (text[i] & 0xff)) * PRIME;
            if (length < MAX_BYTES) {
                bytes[length++] = text[i];
            }
        }
    }

    long hash() {
        return hash;
    }

    Kind kind() {
        if (Arrays.binarySearch(OTHERS, hash) >= 0) {
            return Kind.OTHER;
        }
        if (hash == INDEX || hash == ITEM_ID || endsWith("_index") || endsWith("Index")) {
            return Kind.INDEX;
        }
        if (holdsDelta()) {
            return Kind.DELTA;
        }
        return Arrays.binarySearch(TEXTS, hash) >= 0 ? Kind.TEXT : Kind.UNKNOWN;
    }

    private boolean endsWith(String end) {
        int from = length - end.length();
        boolean isSame = from >= 0;
        for (int i = 0; isSame && i < end.length(); i++) {
            isSame = bytes[from + i] == end.charAt(i);
        }
        return isSame;
    }

    private boolean holdsDelta() {
        for (int at = 0; at + DELTA.length <= length; at++) {
            int same = 0;
            // The letters of ASCII differ in one bit from their capitals.
            while (same < DELTA.length && (bytes[at + same] | 0x20) == DELTA[same]) {
                same++;
            }
            if (same == DELTA.length) {
                return true;
            }
        }
        return false;
    }

    private static long[] hashes(String... names) {
        return Stream.of(names).mapToLong(DeltaNames::hash).sorted().toArray();
    }

    private static long hash(String name) {
        long hash = OFFSET;
        for (int i = 0; i < name.length(); i++) {
            hash = (hash ^ name.charAt(i)) * PRIME;
        }
        return hash;
    }
}
