package clawsec.detect.decode;

import java.util.Optional;

/**
 * Commands as a shell reads them. A shell takes quotes, backslashes and variables away before it
 * looks at what to run, so {@code c\at}, {@code cu''rl}, {@code {curl,-s}}, {@code
 * cat${IFS}/etc/hosts}, {@code $(printf '\143url')} and {@code a=cu;b=rl;$a$b} all run what a rule
 * for the plain words would find. Undone are
 *
 * <ul>
 *   <li>quotes and backslashes inside words, and around a command's name;
 *   <li>{@code $'\x63'}, {@code ${IFS}}, positional parameters, which are empty;
 *   <li>{@code {a,b}} at the start of a word;
 *   <li>the output of {@code echo}, {@code printf}, {@code base64 -d}, {@code xxd -r -p}, {@code
 *       rev}, {@code which} and {@code command -v} in {@code $(...)} and backticks;
 *   <li>variables that were set before in the same stretch, and parts of them;
 *   <li>carets and backticks inside words (cmd.exe, PowerShell).
 * </ul>
 *
 * <p>Quotes around several words stay, and what is inside is read as commands too, as by the shell
 * that is started with them. This is a reading, not a shell: nothing is run, and text that is no
 * command comes out odd. It only has to show every command that a shell would see.
 *
 * <p>Source: POSIX.1-2024, Shell Command Language, 2.2 and 2.6; Bash Reference Manual 3.1.2 and
 * 3.5.
 */
public final class ShellWords implements Decoder {
    /** The most bytes given for one stretch. */
    static final int MAX_OUTPUT_BYTES = 16_384;

    /** How far a name in front of a caret or the words in braces are looked at. */
    private static final int NEAR_BYTES = 64;

    private static final boolean[] IS_WORD = new boolean[256];
    private static final boolean[] IS_QUOTABLE = new boolean[256];

    static {
        for (int value = 0; value < 128; value++) {
            IS_WORD[value] = Alphabet.isMember((byte) value) && value != '+';
            IS_QUOTABLE[value] = IS_WORD[value] || ".$\\{}".indexOf(value) >= 0;
        }
    }

    @Override
    public String name() {
        return "shell";
    }

    @Override
    public Optional<byte[]> decode(byte[] text, int from, int to) {
        int first = firstSign(text, from, to);
        if (first < 0) {
            return Optional.empty();
        }
        ShellReader reader = new ShellReader(text, from, to, new ShellVariables(), 0);
        reader.read();
        return reader.isChanged() ? Optional.of(reader.output()) : Optional.empty();
    }

    /**
     * Looks for what may be one of the constructs, cheaply: where it is not, there is none.
     *
     * @return an index, or -1
     */
    public static int firstSign(byte[] text, int from, int to) {
        boolean isAssigned = false;
        for (int i = from; i < to; i++) {
            boolean isSign =
                    switch (text[i]) {
                        case '\\' -> isEscapedLetter(text, i, from, to);
                        case '\'', '"' -> isQuotedPart(text, i, from, to);
                        case '$' -> isAssigned ? i + 1 < to : isExpansion(text, i, to);
                        case '`', '^' -> isInsideWord(text, i, from, to) || isCommand(text, i, to);
                        case '{' -> isList(text, i, from, to);
                        default -> false;
                    };
            if (isSign) {
                return i;
            }
            isAssigned |= text[i] == '=' && i > from && isWord(text[i - 1]);
        }
        return -1;
    }

    /** An escape of JSON is none of a shell. */
    private static boolean isEscapedLetter(byte[] text, int at, int from, int to) {
        if (at + 1 >= to) {
            return false;
        }
        byte next = text[at + 1];
        if (next == '\n' || next == '\r') {
            return true;
        }
        if (!isLetter(next) || (at > from && text[at - 1] == '\\')) {
            return false;
        }
        if (next == 'n' || next == 'r' || next == 't') {
            return isCommandStart(text, at, from)
                    || (next == 't' && at + 2 < to && text[at + 2] == ' ');
        }
        return next != 'u' || at + 2 >= to || Character.digit(text[at + 2], 16) < 0;
    }

    /** A quote inside a word, or around the name of a command. */
    private static boolean isQuotedPart(byte[] text, int at, int from, int to) {
        boolean isGlued = at > from && isWord(text[at - 1]);
        int close = at + 1;
        while (close < to && close <= at + NEAR_BYTES && isQuotable(text[close])) {
            close++;
        }
        if (close >= to || text[close] != text[at]) {
            return false;
        }
        boolean goesOn = close + 1 < to && isWord(text[close + 1]);
        if (close == at + 1) {
            return isGlued && goesOn;
        }
        if (isGlued) {
            return goesOn || close + 1 >= to || text[close + 1] == ' ';
        }
        return goesOn
                ? isWordStart(text, at, from)
                : isName(text, close, to) && isCommandStart(text, at, from);
    }

    static boolean isQuotable(byte b) {
        return IS_QUOTABLE[b & 0xff];
    }

    /** Whether what was quoted up to a place is a word of its own, as the name of a command is. */
    static boolean isName(byte[] text, int close, int to) {
        return close + 1 >= to || text[close + 1] == ' ' || text[close + 1] == '|';
    }

    private static boolean isExpansion(byte[] text, int at, int to) {
        if (at + 2 >= to) {
            return false;
        }
        return switch (text[at + 1]) {
            case '\'', '(', '{' -> true;
            case 'I' -> text[at + 2] == 'F';
            case '@', '*', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> isLetter(text[at + 2]);
            default -> false;
        };
    }

    private static boolean isInsideWord(byte[] text, int at, int from, int to) {
        return at > from && at + 1 < to && isLetter(text[at - 1]) && isLetter(text[at + 1]);
    }

    private static boolean isCommand(byte[] text, int at, int to) {
        return text[at] == '`' && at + 2 < to && ShellOutput.isKnown(text, at + 1, to);
    }

    private static boolean isList(byte[] text, int at, int from, int to) {
        if (!isWordStart(text, at, from)) {
            return false;
        }
        for (int i = at + 1; i < to && i <= at + NEAR_BYTES; i++) {
            if (text[i] == ',') {
                return true;
            }
            if (text[i] == ' ' || text[i] == '}' || text[i] == '\n' || text[i] == ':') {
                return false;
            }
        }
        return false;
    }

    /** Whether a word of a command can start at a place. */
    static boolean isWordStart(byte[] text, int at, int from) {
        return at == from || " \t\n\r;|&(`".indexOf(text[at - 1]) >= 0;
    }

    /** Whether the name of a command can start at a place. */
    static boolean isCommandStart(byte[] text, int at, int from) {
        int before = at - 1;
        while (before >= from && text[before] == ' ') {
            before--;
        }
        return before < from || "\n\r;|&(`".indexOf(text[before]) >= 0;
    }

    static boolean isLetter(byte b) {
        return (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z');
    }

    static boolean isWord(byte b) {
        return IS_WORD[b & 0xff];
    }
}
