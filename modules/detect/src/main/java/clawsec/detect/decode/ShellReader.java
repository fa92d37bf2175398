package clawsec.detect.decode;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * One reading of a stretch of shell text, from left to right. Looking ahead for the end of a quote
 * or a substitution is paid from a budget that grows with the text's length; when it is used up,
 * the rest is taken as it is. Confined to its reading.
 */
final class ShellReader {
    /** How far the end of a quote or a substitution may be. */
    private static final int MAX_AHEAD_BYTES = 1024;

    /** Bytes looked ahead at for each byte read. */
    private static final int AHEAD_A_BYTE = 8;

    private static final int FREE_AHEAD_BYTES = 2048;

    /** Substitutions inside substitutions. */
    private static final int MAX_DEPTH = 3;

    private static final int NONE = -1;

    /** What does not stand for itself everywhere. */
    private static final boolean[] IS_SPECIAL = new boolean[256];

    static {
        for (char special : "\\'\"$`{^".toCharArray()) {
            IS_SPECIAL[special] = true;
        }
    }

    private final byte[] in;
    private final int from;
    private final int end;
    private final ShellVariables variables;
    private final int depth;
    private final ShellLine out;
    private int at;
    private long ahead;
    private boolean isChanged;

    /** Where quotes end that stay, and the double quotes that are taken away. */
    private int keptSingle = NONE;

    private int keptDouble = NONE;
    private int droppedDouble = NONE;

    private int carets;

    ShellReader(byte[] in, int from, int end, ShellVariables variables, int depth) {
        this.in = in;
        this.from = from;
        this.end = end;
        this.at = from;
        this.variables = variables;
        this.out = new ShellLine(variables);
        this.depth = depth;
        this.ahead = FREE_AHEAD_BYTES + (long) AHEAD_A_BYTE * (end - from);
    }

    /** Whether anything was undone that hides words. */
    boolean isChanged() {
        return isChanged;
    }

    byte[] output() {
        return out.bytes();
    }

    void read() {
        while (at < end && out.length() < ShellWords.MAX_OUTPUT_BYTES) {
            byte b = in[at];
            if (!IS_SPECIAL[b & 0xff]) {
                out.put(b);
                at++;
            } else if (at == keptSingle || at == keptDouble || at == droppedDouble) {
                closeQuote(b);
            } else if (droppedDouble > at && b != '$' && b != '`' && b != '\\') {
                out.put(b);
                at++;
            } else {
                switch (b) {
                    case '\\' -> backslash();
                    case '\'', '"' -> quote(b);
                    case '$' -> dollar();
                    case '`' -> backtick();
                    case '{' -> brace();
                    case '^' -> caret();
                    default -> {
                        out.put(b);
                        at++;
                    }
                }
            }
        }
        out.endWord();
    }

    private void closeQuote(byte quote) {
        if (at != droppedDouble) {
            out.put(quote);
        }
        at++;
    }

    private void backslash() {
        if (at + 1 >= end) {
            out.put(in[at++]);
            return;
        }
        byte next = in[at + 1];
        boolean isLiteral = droppedDouble > at && "\\\"$`\n".indexOf(next) < 0;
        if (isLiteral) {
            out.put(in[at++]);
            return;
        }
        at += 2;
        if (next == '\n') {
            isChanged = true;
        } else if (next == '\r' && at < end && in[at] == '\n') {
            at++;
            isChanged = true;
        } else {
            out.put(next);
            isChanged |= ShellWords.isWord(next);
        }
    }

    private void quote(byte quote) {
        int close = closing(quote, at + 1, quote == '"');
        if (close < 0) {
            out.put(in[at++]);
            return;
        }
        boolean hasSpace = false;
        for (int i = at + 1; i < close; i++) {
            hasSpace |= in[i] == ' ' || in[i] == '\t' || in[i] == '\n';
        }
        if (hasSpace) {
            out.assign(ShellVariables.text(in, at + 1, close));
        }
        boolean goesOn = close + 1 < end && goesOn(in[close + 1]);
        boolean isInside = out.isInWord() && goesOn;
        if (close == at + 1 && !out.isInWord() && !goesOn) {
            out.put(quote);
            out.put(quote);
            at += 2;
        } else if (hasSpace && !isInside) {
            keep(quote, close);
        } else {
            isChanged |=
                    out.isInWord()
                            || goesOn
                            || (ShellWords.isName(in, close, end)
                                    && ShellWords.isCommandStart(in, at, from));
            drop(quote, close);
        }
    }

    /** Whether a word goes on with a byte: as it is, or quoted. */
    private boolean goesOn(byte next) {
        return ShellWords.isWord(next) || (out.isInWord() && (next == '"' || next == '\''));
    }

    private void keep(byte quote, int close) {
        out.put(quote);
        at++;
        if (quote == '"') {
            keptDouble = close;
        } else {
            keptSingle = close;
        }
    }

    private void drop(byte quote, int close) {
        at++;
        if (quote == '"') {
            droppedDouble = close;
            return;
        }
        while (at < close) {
            out.put(in[at++]);
        }
        at++;
    }

    private void dollar() {
        byte next = at + 1 < end ? in[at + 1] : 0;
        switch (next) {
            case '\'' -> ansiQuote();
            case '"' -> {
                isChanged = true;
                at++;
            }
            case '0' -> shell(at + 2);
            case '(' -> {
                int close = substitutionEnd(at + 2);
                if (close >= 0 && isNothing(at + 2, close)) {
                    isChanged = true;
                    at = close + 1;
                } else if (close < 0 || !substitute(at + 2, close)) {
                    out.put(in[at++]);
                }
            }
            case '{' -> {
                int close = ahead('}', at + 2, ShellVariables.MAX_VALUE_BYTES);
                if (close < 0) {
                    out.put(in[at++]);
                } else {
                    expand(ShellVariables.text(in, at + 2, close), close + 1);
                }
            }
            case '@', '*', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> expand("9", at + 2);
            default -> {
                int to = at + 1;
                while (to < end && ShellLine.isNamePart(in[to])) {
                    to++;
                }
                if (to == at + 1) {
                    out.put(in[at++]);
                } else if (isShell(at + 1, to)) {
                    shell(to);
                } else {
                    expand(ShellVariables.text(in, at + 1, to), to);
                }
            }
        }
    }

    /** Whether a substitution holds no command, or the one that does nothing. */
    private boolean isNothing(int start, int close) {
        return close == start || (close == start + 1 && in[start] == ':');
    }

    /** A shell knows its own name, and pipes can end in it. */
    private void shell(int next) {
        if (out.lastSign() == '|') {
            out.put("sh");
            isChanged = true;
        } else {
            out.put(ShellVariables.text(in, at, next));
        }
        at = next;
    }

    private void ansiQuote() {
        int close = closing((byte) '\'', at + 2, true);
        if (close < 0) {
            out.put(in[at++]);
            return;
        }
        out.put(ShellEscapes.undone(ShellVariables.text(in, at + 2, close)));
        at = close + 1;
        isChanged = true;
    }

    private boolean isShell(int start, int to) {
        return ShellVariables.text(in, start, to).equals("SHELL");
    }

    /** Takes in the value of a variable; one that is not known is empty, inside a word. */
    private void expand(String inside, int next) {
        Optional<String> value = variables.expansion(inside);
        boolean isInside = out.isInWord() && next < end && ShellWords.isWord(in[next]);
        boolean isAfterSpace = out.length() > 0 && in[at - 1] != ' ' && out.isAtWordStart();
        if (value.isPresent()) {
            out.put(value.get());
        } else if (isInside || (isAfterSpace && inside.equals("9"))) {
            isChanged = true;
        } else {
            out.put(ShellVariables.text(in, at, next));
            at = next;
            return;
        }
        isChanged = true;
        at = next;
    }

    private void backtick() {
        int close = ahead('`', at + 1, MAX_AHEAD_BYTES);
        if (close > 0 && substitute(at + 1, close)) {
            return;
        }
        boolean isEmpty = close == at + 1 && out.isInWord();
        boolean isInside = out.isInWord() && at + 1 < end && ShellWords.isLetter(in[at + 1]);
        if (isInside || isEmpty) {
            isChanged = true;
        } else {
            out.put(in[at]);
        }
        at += isEmpty ? 2 : 1;
    }

    /** Takes in what a command prints, if it is understood. */
    private boolean substitute(int start, int close) {
        if (depth >= MAX_DEPTH || !ShellOutput.isKnown(in, start, close)) {
            return false;
        }
        ShellReader inner = new ShellReader(in, start, close, variables, depth + 1);
        // What is read inside is read again when nothing comes of it.
        ahead -= AHEAD_A_BYTE * (long) (close - start);
        inner.ahead = Math.min(inner.ahead, Math.max(0, ahead));
        inner.read();
        byte[] command = inner.output();
        Optional<String> output = ShellOutput.of(ShellVariables.text(command, 0, command.length));
        if (output.isEmpty()) {
            return false;
        }
        out.put(output.get());
        at = close + 1;
        isChanged = true;
        return true;
    }

    /** Takes in the words that a list in braces makes of the one it stands in. */
    private void brace() {
        int close = ahead('}', at + 1, ShellVariables.MAX_VALUE_BYTES);
        String list = close < 0 ? "" : ShellVariables.text(in, at + 1, close);
        boolean isList = list.indexOf(',') >= 0 && !list.contains("\":") && !list.contains(" ");
        int wordEnd = isList ? wordEnd(close + 1) : 0;
        String words = isList ? ShellWords.words(out.word(), list, text(close + 1, wordEnd)) : "";
        if (words.isEmpty() || depth >= MAX_DEPTH) {
            out.put(in[at++]);
            return;
        }
        byte[] items = words.getBytes(StandardCharsets.ISO_8859_1);
        ShellReader inner = new ShellReader(items, 0, items.length, variables, depth + 1);
        ahead -= AHEAD_A_BYTE * (long) items.length;
        inner.ahead = Math.min(inner.ahead, Math.max(0, ahead));
        inner.read();
        byte[] read = inner.output();
        out.put(ShellVariables.text(read, 0, read.length));
        at = wordEnd;
        isChanged = true;
    }

    private String text(int start, int to) {
        return ShellVariables.text(in, start, to);
    }

    private int wordEnd(int start) {
        int limit = Math.min(end, start + ShellWords.NEAR_BYTES);
        int to = start;
        while (to < limit && to != droppedDouble && " \t\r\n;|&()<>{\"'`".indexOf(in[to]) < 0) {
            to++;
        }
        return to;
    }

    private void caret() {
        boolean isInside = out.isInWord() && at + 1 < end && ShellWords.isLetter(in[at + 1]);
        if (isInside) {
            carets++;
            isChanged |= carets > 1;
        } else {
            out.put(in[at]);
        }
        at++;
    }

    private int closing(byte quote, int start, boolean hasEscapes) {
        int limit = Math.min(end, start + MAX_AHEAD_BYTES);
        for (int i = start; i < limit && ahead-- > 0; i++) {
            if (in[i] == quote) {
                return i;
            }
            if (in[i] == '\\' && hasEscapes) {
                i++;
            }
        }
        return NONE;
    }

    private int substitutionEnd(int start) {
        int open = 1;
        int limit = Math.min(end, start + MAX_AHEAD_BYTES);
        for (int i = start; i < limit && ahead-- > 0; i++) {
            if (in[i] == '(') {
                open++;
            } else if (in[i] == ')' && --open == 0) {
                return i;
            }
        }
        return NONE;
    }

    private int ahead(char wanted, int start, int most) {
        int limit = Math.min(end, start + most);
        for (int i = start; i < limit && ahead-- > 0; i++) {
            if (in[i] == wanted) {
                return i;
            }
        }
        return NONE;
    }
}
