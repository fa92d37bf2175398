package clawsec.http.content;

import java.io.ByteArrayOutputStream;

/** Reads the header of one gzip member, after its three magic bytes (RFC 1952 §2.3). */
final class GzipHeader {
    private enum Part {
        FIXED,
        EXTRA_LENGTH,
        EXTRA,
        NAME,
        COMMENT,
        CHECKSUM,
        END
    }

    private static final int FHCRC = 2;
    private static final int FEXTRA = 4;
    private static final int FNAME = 8;
    private static final int FCOMMENT = 16;

    /** FLG (1), MTIME (4), XFL (1), OS (1). */
    private static final int FIXED_BYTES = 7;

    private Part part = Part.FIXED;
    private int flags;
    private int extraBytes;

    /** Bytes of the present part seen. */
    private int seen;

    private int totalBytes;

    /**
     * Takes the next byte; true when it was the last of the header.
     *
     * @param text gets the extra field, the name and the comment, each followed by a line feed
     */
    boolean take(int octet, ByteArrayOutputStream text) {
        seen++;
        totalBytes++;
        boolean isPartWhole =
                switch (part) {
                    case FIXED -> {
                        flags = seen == 1 ? octet : flags;
                        yield seen == FIXED_BYTES;
                    }
                    case EXTRA_LENGTH -> {
                        extraBytes |= octet << (seen == 1 ? 0 : 8);
                        yield seen == 2;
                    }
                    case EXTRA -> seen == extraBytes;
                    case NAME, COMMENT -> octet == 0;
                    case CHECKSUM -> seen == 2;
                    case END -> throw new IllegalStateException("after the end");
                };
        if (part == Part.EXTRA || (isName() && octet != 0)) {
            text.write(octet);
        }
        if (isPartWhole) {
            if (part == Part.EXTRA || (isName() && seen > 1)) {
                text.write('\n');
            }
            seen = 0;
            do {
                part = next();
            } while (!isPresent());
        }
        return part == Part.END;
    }

    private boolean isName() {
        return part == Part.NAME || part == Part.COMMENT;
    }

    int totalBytes() {
        return totalBytes;
    }

    private Part next() {
        return switch (part) {
            case FIXED -> Part.EXTRA_LENGTH;
            case EXTRA_LENGTH -> Part.EXTRA;
            case EXTRA -> Part.NAME;
            case NAME -> Part.COMMENT;
            case COMMENT -> Part.CHECKSUM;
            case CHECKSUM, END -> Part.END;
        };
    }

    private boolean isPresent() {
        return switch (part) {
            case FIXED, END -> true;
            case EXTRA_LENGTH -> (flags & FEXTRA) != 0;
            case EXTRA -> extraBytes > 0;
            case NAME -> (flags & FNAME) != 0;
            case COMMENT -> (flags & FCOMMENT) != 0;
            case CHECKSUM -> (flags & FHCRC) != 0;
        };
    }
}
