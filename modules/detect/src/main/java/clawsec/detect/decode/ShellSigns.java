package clawsec.detect.decode;

/**
 * Whether a sign of a shell's constructs that {@link SignTables} tell of is worth reading its line;
 * most are quotes around words, or escapes of another language.
 */
final class ShellSigns {
    /** How far ahead a sign is looked at. */
    private static final int NEAR_BYTES = 32;

    /** How far back a variable may have been set. */
    private static final int VARIABLE_BYTES = 64;

    private ShellSigns() {}

    /**
     * @param at behind another byte
     * @param end behind the bytes that the decision is made by
     */
    static boolean isSign(byte[] text, int at, int end) {
        if (at + 1 >= end) {
            return false;
        }
        byte before = text[at - 1];
        byte after = text[at + 1];
        return switch (text[at]) {
            case '\'', '"' -> isQuotedPart(text, at, end);
            case '\\' -> isEscape(text, at, end);
            case '^' -> ShellWords.isLetter(before) && ShellWords.isLetter(after);
            case '`' ->
                    (ShellWords.isLetter(after) && isWordBeforeBacktick(text, at))
                            || (after != ' '
                                    && ShellOutput.isKnown(
                                            text, at + 1, Math.min(end, at + NEAR_BYTES)));
            case '{' -> isList(text, at, end);
            case '$' -> isExpansion(text, at, end);
            default -> false;
        };
    }

    /** Whether backticks with nothing in them, or one of another shell, stand inside a word. */
    private static boolean isWordBeforeBacktick(byte[] text, int at) {
        boolean isPair = text[at - 1] == '`' && at > 1;
        return ShellWords.isLetter(text[isPair ? at - 2 : at - 1]);
    }

    /** Whether something short is quoted, with a word going on at least on one side. */
    private static boolean isQuotedPart(byte[] text, int at, int end) {
        byte before = text[at - 1];
        if (Alphabet.isLetterOrDigit(text[at + 1]) && isBehindWord(text, at)) {
            return true;
        }
        boolean isGlued = ShellWords.isWord(before);
        // Three quotes in a row begin a text in Python.
        boolean mayOpen = isGlued || ("\n|>'\"".indexOf(before) >= 0 && before != text[at]);
        if (!mayOpen || text[at + 1] == '}') {
            // Much of JSON ends so.
            return false;
        }
        int close = at + 1;
        int limit = Math.min(end - 1, at + NEAR_BYTES - 1);
        while (close < limit && ShellWords.isQuotable(text[close])) {
            close++;
        }
        if (text[close] != text[at]) {
            return false;
        }
        byte after = close + 1 < end ? text[close + 1] : (byte) ' ';
        boolean isEmpty = close == at + 1;
        return Alphabet.isLetterOrDigit(after)
                || (!isEmpty && (after == ' ' || after == '\n' || after == '|'));
    }

    /** Whether a quote closes another that a word, or a command, begins with. */
    private static boolean isBehindWord(byte[] text, int at) {
        int open = at - 1;
        int limit = Math.max(0, at - NEAR_BYTES);
        while (open > limit && ShellWords.isQuotable(text[open])) {
            open--;
        }
        boolean isOpen = text[open] == text[at] && text[at - 1] != '{' && open > 0;
        return isOpen && (ShellWords.isWord(text[open - 1]) || isBehindDivider(text[open - 1]));
    }

    /**
     * Whether a letter of a word is escaped. An escape of JSON is none of a shell, unless it begins
     * a command; one of a regular expression stands alone.
     */
    private static boolean isEscape(byte[] text, int at, int end) {
        byte before = text[at - 1];
        byte after = text[at + 1];
        byte next = at + 2 < end ? text[at + 2] : 0;
        if (!ShellWords.isLetter(after) || before == '\\') {
            return false;
        }
        boolean isBehindLetter = ShellWords.isLetter(before);
        boolean isApart = "|\n ".indexOf(before) >= 0 && ShellWords.isLetter(next);
        boolean isCommand =
                isApart && ShellWords.isCommandStart(text, at, Math.max(0, at - NEAR_BYTES));
        return switch (after) {
            case 'n' -> isCommand;
            case 'r' -> isCommand || (isBehindLetter && ShellWords.isLetter(next));
            case 't' -> isCommand || (isBehindLetter && next == ' ');
            case 'u' -> (isApart || isBehindLetter) && Escapes.digit(next) < 0;
            case 'b' -> isApart;
            case 'f' -> isApart || isBehindLetter;
            case 'd', 'D', 's', 'S', 'w', 'W' ->
                    ShellWords.isLetter(before) || ShellWords.isLetter(next);
            default -> true;
        };
    }

    /** Whether a list in braces is short, or shows no space, nor the names of an object. */
    private static boolean isList(byte[] text, int at, int end) {
        boolean isGlued = Alphabet.isLetterOrDigit(text[at - 1]);
        boolean hasComma = false;
        for (int i = at + 1; i < end && i <= at + 2 * NEAR_BYTES; i++) {
            if (text[i] == '}') {
                return hasComma && (!isGlued || goesOn(text, i + 1, end));
            }
            boolean isScheme = text[i] == ':' && i + 1 < end && text[i + 1] == '/';
            if (text[i] == ' ' || text[i] == '\n' || (text[i] == ':' && !isScheme)) {
                return false;
            }
            hasComma |= text[i] == ',';
        }
        return hasComma;
    }

    /** Whether a word goes on behind a list inside it; much of JavaScript does otherwise. */
    private static boolean goesOn(byte[] text, int at, int end) {
        boolean isImport = at + 1 < end && text[at] == 'f' && text[at + 1] == 'r';
        return at < end
                && !isImport
                && (ShellWords.isWord(text[at]) || "'\"$\\{.".indexOf(text[at]) >= 0);
    }

    private static boolean isBehindDivider(byte before) {
        return " \n;|&(`>".indexOf(before) >= 0;
    }

    private static boolean isExpansion(byte[] text, int at, int end) {
        byte after = text[at + 1];
        byte next = at + 2 < end ? text[at + 2] : 0;
        return switch (after) {
            case '\'' -> true;
            case '"' -> ShellWords.isLetter(next) && !ShellWords.isWord(text[at - 1]);
            case '@', '*' -> ShellWords.isLetter(next);
            case '(' ->
                    next == ')'
                            || next == ':'
                            || ShellOutput.isKnown(text, at + 2, Math.min(end, at + NEAR_BYTES));
            case '{' -> isParameter(text, at, end);
            case '0', 'S' -> isShell(text, at, end);
            case 'I' -> next == 'F' || isAssigned(text, at + 1, end);
            default ->
                    after >= '1' && after <= '9'
                            ? ShellWords.isLetter(next)
                            : isAssigned(text, at + 1, end);
        };
    }

    /**
     * Whether braces hold a variable that was set before, say what to take if it is not, or take a
     * part of it; or stand inside a word, which one that is not set leaves as it is.
     */
    private static boolean isParameter(byte[] text, int at, int end) {
        int name = at + 2;
        int to = name;
        while (to < end && to < at + NEAR_BYTES && ShellLine.isNamePart(text[to])) {
            to++;
        }
        if (to >= end) {
            return false;
        }
        if (to == name) {
            return "@*#!".indexOf(text[name]) >= 0;
        }
        byte after = text[to];
        boolean isInside =
                after == '}'
                        && to + 1 < end
                        && ShellWords.isLetter(text[at - 1])
                        && ShellWords.isLetter(text[to + 1]);
        return isInside
                || ":-=%#/,^+".indexOf(after) >= 0
                || (text[name] == 'I' && text[name + 1] == 'F')
                || isAssigned(text, name, end);
    }

    /** Whether output is piped into the shell by its variable. */
    private static boolean isShell(byte[] text, int at, int end) {
        int before = at - 1;
        while (before > Math.max(0, at - NEAR_BYTES) && text[before] == ' ') {
            before--;
        }
        return text[before] == '|' || isAssigned(text, at + 1, end);
    }

    /** Whether the variable whose name begins at an index was set a little before. */
    private static boolean isAssigned(byte[] text, int at, int end) {
        int first = at - VARIABLE_BYTES;
        if (first >= 0 && !Alphabet.holds(text, first, at, '=')) {
            return false;
        }
        int length = 0;
        while (at + length < end
                && length < NEAR_BYTES
                && ShellLine.isNamePart(text[at + length])) {
            length++;
        }
        int last = Math.max(first, length - 1);
        for (int i = at - 2; length > 0 && i > last && text[i] != '\n'; i--) {
            if (text[i] == '=' && isSame(text, i - length, at, length)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isSame(byte[] text, int one, int other, int length) {
        for (int i = 0; i < length; i++) {
            if (text[one + i] != text[other + i]) {
                return false;
            }
        }
        return one == 0 || !ShellLine.isNamePart(text[one - 1]);
    }
}
