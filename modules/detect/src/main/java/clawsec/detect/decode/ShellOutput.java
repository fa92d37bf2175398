package clawsec.detect.decode;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * What simple commands print, as far as it is used to hide other commands: {@code echo}, {@code
 * printf}, {@code which}, {@code command -v}, and their output through {@code base64 -d}, {@code
 * xxd -r -p}, {@code rev} and {@code tr}. Text is a character a byte; quotes inside words are
 * already gone.
 */
final class ShellOutput {
    private static final List<String> NAMES =
            List.of("echo ", "printf ", "which ", "command ", "base64 ", "rev ", "xxd ", "tr ");

    /** A longer set of {@code tr} is cut. */
    private static final int MOST_CHARACTERS = 512;

    private ShellOutput() {}

    /** Whether a command that is understood starts at a place, spaces before it allowed. */
    static boolean isKnown(byte[] text, int from, int to) {
        int at = from;
        while (at < to && text[at] == ' ') {
            at++;
        }
        for (String name : NAMES) {
            if (at + name.length() <= to && isAt(text, at, name)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isAt(byte[] text, int at, String name) {
        for (int i = 0; i < name.length(); i++) {
            if (text[at + i] != name.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** What a command prints, without its last line end; empty when it is not understood. */
    static Optional<String> of(String command) {
        List<List<String>> pipeline = pipeline(command);
        Optional<String> output = first(pipeline.getFirst());
        for (List<String> filter : pipeline.subList(1, pipeline.size())) {
            output = output.flatMap(text -> filtered(text, filter));
        }
        return output;
    }

    private static Optional<String> first(List<String> words) {
        if (words.size() < 2) {
            return Optional.empty();
        }
        return switch (words.getFirst()) {
            case "echo" -> Optional.of(echo(words));
            case "printf" -> printf(words);
            case "which" -> Optional.of(words.getLast());
            case "command" ->
                    words.get(1).equals("-v") ? Optional.of(words.getLast()) : Optional.empty();
            case "base64", "rev", "xxd", "tr" ->
                    words.get(words.size() - 2).equals("<<<")
                            ? filtered(words.getLast(), words)
                            : Optional.empty();
            default -> Optional.empty();
        };
    }

    private static String echo(List<String> words) {
        int from = 1;
        while (from < words.size() && isEchoOption(words.get(from))) {
            from++;
        }
        return ShellEscapes.undone(String.join(" ", words.subList(from, words.size())));
    }

    private static boolean isEchoOption(String word) {
        boolean isOption = word.length() > 1 && word.length() <= 4 && word.charAt(0) == '-';
        for (int i = 1; isOption && i < word.length(); i++) {
            isOption = "neE".indexOf(word.charAt(i)) >= 0;
        }
        return isOption;
    }

    private static Optional<String> printf(List<String> words) {
        int at = words.get(1).equals("--") ? 2 : 1;
        if (at >= words.size()) {
            return Optional.empty();
        }
        String format = ShellEscapes.undone(words.get(at++));
        StringBuilder out = new StringBuilder();
        do {
            int before = at;
            at = formatted(format, words, at, out);
            if (at == before) {
                break;
            }
        } while (at < words.size() && out.length() < ShellVariables.MAX_VALUE_BYTES);
        return Optional.of(out.toString());
    }

    /** Prints the format once; returns the index of the next argument. */
    private static int formatted(String format, List<String> words, int first, StringBuilder out) {
        int next = first;
        for (int i = 0; i < format.length(); i++) {
            char c = format.charAt(i);
            if (c != '%' || i + 1 == format.length()) {
                out.append(c);
                continue;
            }
            char kind = format.charAt(++i);
            if (kind == '%') {
                out.append('%');
            } else if (next < words.size()) {
                String word = words.get(next++);
                out.append(kind == 'b' ? ShellEscapes.undone(word) : word);
            }
        }
        return next;
    }

    private static Optional<String> filtered(String text, List<String> words) {
        if (words.isEmpty()) {
            return Optional.empty();
        }
        boolean decodes =
                words.contains("-d") || words.contains("-D") || words.contains("--decode");
        return switch (words.getFirst()) {
            case "rev" -> Optional.of(new StringBuilder(text).reverse().toString());
            case "base64" -> decodes ? base64(text) : Optional.empty();
            case "xxd" -> words.contains("-r") ? hex(text) : Optional.empty();
            case "tr" -> translated(text, words);
            default -> Optional.empty();
        };
    }

    /** Characters of one set become those of another, or nothing. */
    private static Optional<String> translated(String text, List<String> words) {
        if (words.size() < 3) {
            return Optional.empty();
        }
        boolean isDeletion = words.get(1).equals("-d");
        String from = characters(words.get(isDeletion ? 2 : 1));
        String to = isDeletion ? "" : characters(words.get(2));
        StringBuilder out = new StringBuilder(text.length());
        for (char c : text.toCharArray()) {
            int index = from.lastIndexOf(c);
            if (index < 0) {
                out.append(c);
            } else if (!to.isEmpty()) {
                out.append(to.charAt(Math.min(index, to.length() - 1)));
            }
        }
        return Optional.of(out.toString());
    }

    /** A set of {@code tr} written out: {@code a-c} is {@code abc}. */
    private static String characters(String set) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < set.length() && out.length() < MOST_CHARACTERS; i++) {
            boolean isRange = i + 2 < set.length() && set.charAt(i + 1) == '-';
            if (isRange) {
                for (int c = set.charAt(i); c <= set.charAt(i + 2); c++) {
                    out.append((char) c);
                }
                i += 2;
            } else {
                out.append(set.charAt(i));
            }
        }
        return out.toString();
    }

    private static Optional<String> base64(String text) {
        try {
            byte[] bytes = Base64.getMimeDecoder().decode(text);
            return Optional.of(ShellVariables.text(bytes, 0, bytes.length));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> hex(String text) {
        byte[] ascii = text.strip().getBytes(StandardCharsets.ISO_8859_1);
        for (byte b : ascii) {
            if (Character.digit(b, 16) < 0) {
                return Optional.empty();
            }
        }
        if (ascii.length % 2 != 0) {
            return Optional.empty();
        }
        byte[] bytes = HexFormat.of().parseHex(text.strip());
        return Optional.of(ShellVariables.text(bytes, 0, bytes.length));
    }

    /** Words of commands between pipes; quotes that are left hold a word together. */
    private static List<List<String>> pipeline(String command) {
        List<List<String>> commands = new ArrayList<>();
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean isWord = false;
        char quote = 0;
        for (int i = 0; i < command.length(); i++) {
            char c = command.charAt(i);
            if (quote != 0) {
                if (c == quote) {
                    quote = 0;
                } else {
                    word.append(c);
                }
            } else if (c == '"' || c == '\'') {
                quote = c;
                isWord = true;
            } else if (c == ' ' || c == '\t' || c == '|') {
                if (isWord) {
                    words.add(word.toString());
                    word.setLength(0);
                    isWord = false;
                }
                if (c == '|') {
                    commands.add(words);
                    words = new ArrayList<>();
                }
            } else {
                word.append(c);
                isWord = true;
            }
        }
        if (isWord) {
            words.add(word.toString());
        }
        commands.add(words);
        return commands;
    }
}
