package clawsec.http.content.brotli;

import java.util.Arrays;

/** Reads a context map (RFC 7932 §7.3), resumable at any bit. */
final class ContextMapReader {
    private enum Part {
        RUNS,
        CODE,
        VALUES,
        RUN,
        TRANSFORM
    }

    private final BitInput in;
    private final PrefixCodes code = new PrefixCodes();
    private byte[] toFront = {};
    private Part part = Part.RUNS;
    private int mostRunBits;
    private int runBits;
    private int index;

    ContextMapReader(BitInput in) {
        this.in = in;
    }

    /**
     * True once {@code map} is read.
     *
     * @param size how many values of {@code map} it has
     * @param trees more than the largest value, at least 2
     */
    boolean read(byte[] map, int size, int trees, PrefixCodeReader codes) {
        while (true) {
            switch (part) {
                case RUNS -> {
                    if (!in.has(1) || (in.peek(1) == 1 && !in.has(5))) {
                        return false;
                    }
                    mostRunBits = in.take(1) == 0 ? 0 : in.take(4) + 1;
                    code.clear();
                    index = 0;
                    part = Part.CODE;
                }
                case CODE -> {
                    if (!codes.read(code, trees + mostRunBits)) {
                        return false;
                    }
                    part = Part.VALUES;
                }
                case VALUES, RUN -> {
                    if (!values(map, size)) {
                        return false;
                    }
                    part = Part.TRANSFORM;
                }
                case TRANSFORM -> {
                    if (!in.has(1)) {
                        return false;
                    }
                    if (in.take(1) == 1) {
                        undoMoveToFront(map, size);
                    }
                    part = Part.RUNS;
                    return true;
                }
            }
        }
    }

    private boolean values(byte[] map, int size) {
        while (index < size) {
            if (part == Part.VALUES) {
                int symbol = code.read(0, in);
                if (symbol == PrefixCodes.STARVED) {
                    return false;
                }
                if (symbol == 0 || symbol > mostRunBits) {
                    map[index++] = (byte) (symbol == 0 ? 0 : symbol - mostRunBits);
                    continue;
                }
                runBits = symbol;
                part = Part.RUN;
            }
            if (!in.has(runBits)) {
                return false;
            }
            int run = (1 << runBits) + in.take(runBits);
            if (run > size - index) {
                return in.refuse(Fault.CONTEXT_MAP_OVERRUN);
            }
            Arrays.fill(map, index, index + run, (byte) 0);
            index += run;
            part = Part.VALUES;
        }
        return true;
    }

    /** RFC 7932 §7.3: each value is a place in a list, from which it moves to the front. */
    private void undoMoveToFront(byte[] map, int size) {
        if (toFront.length == 0) {
            toFront = new byte[256];
        }
        for (int i = 0; i < toFront.length; i++) {
            toFront[i] = (byte) i;
        }
        for (int i = 0; i < size; i++) {
            int place = map[i] & 0xff;
            byte value = toFront[place];
            map[i] = value;
            System.arraycopy(toFront, 0, toFront, 1, place);
            toFront[0] = value;
        }
    }
}
