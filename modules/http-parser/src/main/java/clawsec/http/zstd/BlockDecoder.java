package clawsec.http.zstd;

import org.jspecify.annotations.Nullable;

/**
 * Decodes the compressed blocks of one frame (RFC 8878 §3.1.1.3), one after the other: what a block
 * leaves out, it takes from those before.
 */
public final class BlockDecoder {
    private static final int FIRST_OFFSET = 1;
    private static final int SECOND_OFFSET = 4;
    private static final int THIRD_OFFSET = 8;

    /** Larger ones reach back further than any window that is decoded. */
    private static final int MOST_OFFSET_BITS = 30;

    private final Window window;
    private final Literals literals = new Literals();
    private final SequenceCode lengthCode = SequenceCode.literalLengths();
    private final SequenceCode offsetCode = SequenceCode.offsets();
    private final SequenceCode matchCode = SequenceCode.matchLengths();
    private final ReverseBits in = new ReverseBits();
    private int first = FIRST_OFFSET;
    private int second = SECOND_OFFSET;
    private int third = THIRD_OFFSET;

    public BlockDecoder(Window window) {
        this.window = window;
    }

    /** Appends the block to the window; false when it is malformed, with part of it appended. */
    public boolean decode(byte[] source, int from, int to) {
        if (from >= to) {
            return false;
        }
        int at = literals.read(source, from, to, window.blockBytes());
        if (at < 0 || at >= to) {
            return false;
        }
        int count = source[at++] & 0xff;
        if (count >= 128) {
            int bytes = count == 255 ? 2 : 1;
            if (at + bytes > to) {
                return false;
            }
            int more = (int) Literals.littleEndian(source, at, bytes);
            count = count == 255 ? more + 0x7f00 : (count - 128 << 8) + more;
            at += bytes;
        }
        if (count == 0) {
            return at == to && window.append(literals.data(), literals.from(), literals.size());
        }
        at = readTables(source, at, to);
        return at >= 0 && in.open(source, at, to) && execute(count);
    }

    private int readTables(byte[] source, int from, int to) {
        if (from >= to) {
            return -1;
        }
        int modes = source[from] & 0xff;
        int at = (modes & 3) == 0 ? from + 1 : -1;
        at = at < 0 ? at : lengthCode.read(modes >> 6, source, at, to);
        at = at < 0 ? at : offsetCode.read(modes >> 4 & 3, source, at, to);
        return at < 0 ? at : matchCode.read(modes >> 2 & 3, source, at, to);
    }

    private boolean execute(int count) {
        FseTable lengths = table(lengthCode);
        FseTable offsets = table(offsetCode);
        FseTable matches = table(matchCode);
        int lengthState = in.read(lengths.log());
        int offsetState = in.read(offsets.log());
        int matchState = in.read(matches.log());
        int from = literals.from();
        int end = from + literals.size();
        for (int left = count; left > 0; left--) {
            int length = lengths.states()[lengthState];
            int offset = offsets.states()[offsetState];
            int match = matches.states()[matchState];
            in.refill();
            int offsetBits = offset & 0xff;
            if (offsetBits > MOST_OFFSET_BITS) {
                return false;
            }
            int offsetValue = (1 << offsetBits) + in.read(offsetBits);
            in.refill();
            int matchLength = extended(Defaults.MATCH_LENGTH_CODES[match & 0xff]);
            int literalLength = extended(Defaults.LITERAL_LENGTH_CODES[length & 0xff]);
            int distance = distance(offsetValue, literalLength);
            if (literalLength > end - from
                    || !window.append(literals.data(), from, literalLength)
                    || !window.copyMatch(distance, matchLength)) {
                return false;
            }
            from += literalLength;
            if (left > 1) {
                in.refill();
                lengthState = (length >>> 16) + in.read(length >>> 8 & 0xff);
                matchState = (match >>> 16) + in.read(match >>> 8 & 0xff);
                offsetState = (offset >>> 16) + in.read(offset >>> 8 & 0xff);
            }
            if (in.isOverrun()) {
                return false;
            }
        }
        return in.isAtStart() && window.append(literals.data(), from, end - from);
    }

    private static FseTable table(SequenceCode code) {
        @Nullable FseTable table = code.table();
        if (table == null) {
            throw new IllegalStateException("no table was read");
        }
        return table;
    }

    private int extended(int code) {
        return (code >>> 8) + in.read(code & 0xff);
    }

    /** RFC 8878 §3.1.1.5: the three offsets used last have short values; 0 if there is none. */
    private int distance(int value, int literalLength) {
        int recent = value - (literalLength == 0 ? 0 : 1);
        if (value <= 3 && recent == 0) {
            return first;
        }
        int distance =
                switch (value > 3 ? 4 : recent) {
                    case 1 -> second;
                    case 2 -> third;
                    case 3 -> first - 1;
                    default -> value - 3;
                };
        if (value > 3 || recent != 1) {
            third = second;
        }
        second = first;
        first = distance;
        return distance;
    }
}
