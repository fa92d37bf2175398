package clawsec.detect.decode;

/**
 * What a backslash begins: the sequences of JSON (RFC 8259 §7), those of JavaScript beside them
 * ({@code \'}, {@code \}{@code u{41}}), {@code \x41}, and {@code \101} as in C and shells, which
 * also write {@code \0101}, and a line end that a shell leaves out.
 */
final class BackslashEscape {
    private static final int UNIT_LENGTH = 6;

    private BackslashEscape() {}

    static int read(byte[] text, int at, int to, Escape out) {
        if (to - at < 2) {
            return Escape.UNDECIDED;
        }
        int single =
                switch (text[at + 1]) {
                    case '"' -> '"';
                    case '\\' -> '\\';
                    case '/' -> '/';
                    case '\'' -> '\'';
                    case 'b' -> '\b';
                    case 'f' -> '\f';
                    case 'n' -> '\n';
                    case 'r' -> '\r';
                    case 't' -> '\t';
                    default -> -1;
                };
        if (single >= 0) {
            out.start(Notation.JSON);
            out.add(single);
            return 2;
        }
        return switch (text[at + 1]) {
            case '\n', '\r' -> continuation(text, at, to, out);
            case 'u' -> character(text, at, to, out);
            case 'x' -> hex(text, at, to, out);
            case '0', '1', '2', '3' -> octal(text, at, to, out);
            default -> Escape.NONE;
        };
    }

    /** A line that goes on with the next one (POSIX.1-2024, Shell Command Language, 2.2.1). */
    private static int continuation(byte[] text, int at, int to, Escape out) {
        int length = text[at + 1] == '\r' ? 3 : 2;
        if (to - at < length) {
            return Escape.UNDECIDED;
        }
        if (text[at + length - 1] != '\n') {
            return Escape.NONE;
        }
        out.start(Notation.SHELL);
        return length;
    }

    private static int hex(byte[] text, int at, int to, Escape out) {
        if (to - at < 4) {
            return Escape.UNDECIDED;
        }
        int value = Escapes.hex(text, at + 2, 2);
        if (value < 0) {
            return Escape.NONE;
        }
        out.start(Notation.HEX);
        out.add(value);
        return 4;
    }

    private static int octal(byte[] text, int at, int to, Escape out) {
        if (to - at < 4) {
            return Escape.UNDECIDED;
        }
        // What may be \0041 of a shell is not 04 with a 1 behind it.
        boolean isLong = text[at + 1] == '0' && (text[at + 2] == '0' || text[at + 2] == '1');
        if (isLong && to - at < 5 && isOctal(text[at + 3])) {
            return Escape.UNDECIDED;
        }
        int length = isLong && to - at > 4 && isOctal(text[at + 4]) ? 5 : 4;
        int value = 0;
        for (int i = at + 1; i < at + length; i++) {
            if (!isOctal(text[i])) {
                return Escape.NONE;
            }
            value = value * 8 + text[i] - '0';
        }
        out.start(Notation.OCTAL);
        out.add(value);
        return length;
    }

    private static boolean isOctal(byte digit) {
        return digit >= '0' && digit <= '7';
    }

    private static int character(byte[] text, int at, int to, Escape out) {
        if (to - at < UNIT_LENGTH) {
            return Escape.UNDECIDED;
        }
        if (text[at + 2] == '{') {
            return inBraces(text, at, to, out);
        }
        int unit = Escapes.hex(text, at + 2, 4);
        if (unit < 0) {
            return Escape.NONE;
        }
        out.start(Notation.JSON);
        if (unit >= Character.MIN_HIGH_SURROGATE && unit <= Character.MAX_HIGH_SURROGATE) {
            if (to - at < 2 * UNIT_LENGTH && isPairPossible(text, at + UNIT_LENGTH, to)) {
                return Escape.UNDECIDED;
            }
            int low = lowSurrogate(text, at + UNIT_LENGTH, to);
            if (low >= 0) {
                out.addCharacter(Character.toCodePoint((char) unit, (char) low));
                return 2 * UNIT_LENGTH;
            }
        }
        out.addCharacter(unit);
        return UNIT_LENGTH;
    }

    private static int inBraces(byte[] text, int at, int to, Escape out) {
        int value = 0;
        for (int i = at + 3; i < at + Escapes.MAX_BYTES; i++) {
            if (i == to) {
                return Escape.UNDECIDED;
            }
            if (text[i] == '}' && i > at + 3) {
                out.start(Notation.JSON);
                out.addCharacter(value);
                return i + 1 - at;
            }
            int digit = Escapes.digit(text[i]);
            if (digit < 0) {
                return Escape.NONE;
            }
            value = (value << 4) | digit;
        }
        return Escape.NONE;
    }

    private static boolean isPairPossible(byte[] text, int at, int to) {
        return at >= to || (text[at] == '\\' && (at + 1 >= to || text[at + 1] == 'u'));
    }

    private static int lowSurrogate(byte[] text, int at, int to) {
        if (to - at < UNIT_LENGTH || text[at] != '\\' || text[at + 1] != 'u') {
            return -1;
        }
        int unit = Escapes.hex(text, at + 2, 4);
        boolean isLow = unit >= Character.MIN_LOW_SURROGATE && unit <= Character.MAX_LOW_SURROGATE;
        return isLow ? unit : -1;
    }
}
