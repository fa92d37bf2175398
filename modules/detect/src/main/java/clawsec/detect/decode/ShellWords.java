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
 *   <li>{@code {a,b}}, inside a word too;
 *   <li>the output of {@code echo}, {@code printf}, {@code base64 -d}, {@code xxd -r -p}, {@code
 *       rev}, {@code tr}, {@code which} and {@code command -v} in {@code $(...)} and backticks;
 *   <li>variables that were set before in the same stretch, parts of them, and what is said to
 *       stand for one that is not set;
 *   <li>{@code $0} and {@code $SHELL} behind a pipe;
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
    static final int NEAR_BYTES = 64;

    /** What a list in braces may make of a word at most. */
    private static final int MAX_WORDS_BYTES = 1024;

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
        byte[] line = new byte[1 + to - from];
        line[0] = '\n';
        System.arraycopy(text, from, line, 1, to - from);
        if (!holdsSign(line)) {
            return Optional.empty();
        }
        ShellReader reader = new ShellReader(line, 1, line.length, new ShellVariables(), 0);
        reader.read();
        return reader.isChanged() ? Optional.of(reader.output()) : Optional.empty();
    }

    /** Whether a line shows a sign, or sets a variable and uses one, however far apart. */
    private static boolean holdsSign(byte[] line) {
        boolean isAssigned = false;
        for (int at = 1; at < line.length; at++) {
            boolean isUse = line[at] == '$' && isAssigned;
            boolean goesOn =
                    line[at] == '\\' && at + 1 < line.length && "\r\n".indexOf(line[at + 1]) >= 0;
            if (isUse || goesOn || ShellSigns.isSign(line, at, line.length)) {
                return true;
            }
            isAssigned |= line[at] == '=' && isWord(line[at - 1]);
        }
        return false;
    }

    /**
     * The words that a list in braces makes of one, without the beginning of the first; empty when
     * they are too long.
     */
    static String words(String before, String list, String after) {
        StringBuilder words = new StringBuilder();
        String divider = "";
        for (String item : list.split(",", -1)) {
            words.append(divider).append(item).append(after);
            divider = " " + before;
            if (words.length() > MAX_WORDS_BYTES) {
                return "";
            }
        }
        return words.toString();
    }

    static boolean isQuotable(byte b) {
        return IS_QUOTABLE[b & 0xff];
    }

    /** Whether what was quoted up to a place is a word of its own, as the name of a command is. */
    static boolean isName(byte[] text, int close, int to) {
        return close + 1 >= to || text[close + 1] == ' ' || text[close + 1] == '|';
    }

    /** Whether the name of a command can start at a place. */
    static boolean isCommandStart(byte[] text, int at, int from) {
        int before = at - 1;
        while (before >= from && text[before] == ' ') {
            before--;
        }
        boolean isBehindTag = before == at - 1 && before >= from && text[before] == '>';
        return before < from || isBehindTag || "\n\r;|&(`".indexOf(text[before]) >= 0;
    }

    static boolean isLetter(byte b) {
        return (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z');
    }

    static boolean isWord(byte b) {
        return IS_WORD[b & 0xff];
    }
}
