package clawsec.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;

/**
 * A grammar of messages in the notation of the T-Reqs fuzzer, and the damaged messages that come of
 * it: {@code '<symbol>': ['text <other-symbol> text', ...]}, strings with Python's escapes, {@code
 * 'x' * 9} and {@code +}, and {@code '(text, opt(prob=0.9))'} for what is chosen nine times in ten.
 * A message is a derivation in which subtrees and single characters were removed, doubled,
 * exchanged or put in. Immutable.
 */
public final class MessageGrammar {
    private static final String START = "<start>";

    /** Characters that parsers stumble over; as likely as all others together. */
    private static final String ODD =
            "\0\t\n\u000b\f\r !\"#%&'()+,-./0:;<=>?@[\\]_{}~\u007f\u0085\u00a0\u00ff";

    private final Map<String, Rule> rules;

    private MessageGrammar(Map<String, Rule> rules) {
        this.rules = rules;
    }

    /**
     * Reads a grammar, or the settings of T-Reqs that hold one.
     *
     * @throws IllegalArgumentException when the text holds no rule for {@code <start>}
     */
    public static MessageGrammar parse(String text) {
        int from = text.indexOf("config.grammar");
        Map<String, Rule> rules = new GrammarText(text.substring(from < 0 ? 0 : from)).rules();
        if (!rules.containsKey(START)) {
            throw new IllegalArgumentException("no rule for " + START);
        }
        return new MessageGrammar(rules);
    }

    /** The project's own: requests in the spellings that smuggle, see {@code requests.grammar}. */
    public static MessageGrammar ofRequests() {
        try (InputStream in = MessageGrammar.class.getResourceAsStream("requests.grammar")) {
            if (in == null) {
                throw new IllegalStateException("no requests.grammar beside this class");
            }
            return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One message, ISO 8859-1, with so many damages. */
    public String next(Random random, int damages) {
        Node root = derive(START, random);
        for (int i = 0; i < damages; i++) {
            List<Node> symbols = new ArrayList<>();
            root.collect(symbols);
            Node hit = symbols.get(random.nextInt(symbols.size()));
            if (random.nextBoolean() && hit != root) {
                damageTree(hit, symbols, random);
            } else {
                damageText(hit, random);
            }
        }
        StringBuilder text = new StringBuilder();
        root.write(text);
        return text.toString();
    }

    /**
     * What a symbol stands for.
     *
     * @param usual what it stands for with the probability {@code usually}
     */
    private record Rule(String usual, double usually, List<String> others) {
        static Rule of(List<String> choices) {
            List<String> others = new ArrayList<>();
            String usual = "";
            double usually = 0;
            for (String choice : choices) {
                int option = choice.indexOf(", opt(prob=");
                if (option < 0) {
                    others.add(choice);
                } else {
                    usual = choice.substring(1, option);
                    usually =
                            Double.parseDouble(choice.substring(option + 11, choice.length() - 2));
                }
            }
            return new Rule(usual, others.isEmpty() ? 1 : usually, List.copyOf(others));
        }

        String choose(Random random) {
            return usually > 0 && random.nextDouble() < usually
                    ? usual
                    : others.get(random.nextInt(others.size()));
        }
    }

    private Node derive(String symbol, Random random) {
        String chosen = Objects.requireNonNull(rules.get(symbol)).choose(random);
        Node node = new Node(new ArrayList<>());
        int from = 0;
        while (from < chosen.length()) {
            int open = chosen.indexOf('<', from);
            int close = open < 0 ? -1 : chosen.indexOf('>', open);
            if (close < 0 || !rules.containsKey(chosen.substring(open, close + 1))) {
                int to = open < 0 ? chosen.length() : open + 1;
                node.parts.add(chosen.substring(from, to));
                from = to;
            } else {
                node.parts.add(chosen.substring(from, open));
                node.parts.add(derive(chosen.substring(open, close + 1), random));
                from = close + 1;
            }
        }
        return node;
    }

    private static void damageTree(Node hit, List<Node> symbols, Random random) {
        List<Object> copy = List.copyOf(hit.parts);
        switch (random.nextInt(3)) {
            case 0 -> hit.parts.clear();
            case 1 -> hit.parts.addAll(copy);
            default -> {
                StringBuilder other = new StringBuilder();
                symbols.get(random.nextInt(symbols.size())).write(other);
                hit.parts.clear();
                // not a message in a message in a message
                hit.parts.add(other.length() > 512 ? "" : other.toString());
            }
        }
    }

    private static void damageText(Node hit, Random random) {
        StringBuilder text = new StringBuilder();
        hit.write(text);
        int at = random.nextInt(text.length() + 1);
        char odd =
                random.nextBoolean()
                        ? ODD.charAt(random.nextInt(ODD.length()))
                        : (char) random.nextInt(256);
        int kind = at == text.length() ? 0 : random.nextInt(4);
        switch (kind) {
            case 0 -> text.insert(at, odd);
            case 1 -> text.setCharAt(at, odd);
            case 2 -> text.insert(at, text.charAt(at));
            default -> text.deleteCharAt(at);
        }
        hit.parts.clear();
        hit.parts.add(text.toString());
    }

    /** A symbol derived: texts and symbols, in order. */
    private record Node(List<Object> parts) {
        void write(StringBuilder into) {
            for (Object part : parts) {
                if (part instanceof Node node) {
                    node.write(into);
                } else {
                    into.append(part);
                }
            }
        }

        void collect(List<Node> into) {
            into.add(this);
            for (Object part : parts) {
                if (part instanceof Node node) {
                    node.collect(into);
                }
            }
        }
    }

    /** The notation, which is Python's for a dictionary of lists of strings. */
    private static final class GrammarText {
        private final String text;
        private int at;

        private GrammarText(String text) {
            this.text = text;
            this.at = Math.max(0, text.indexOf('{') + 1);
        }

        private Map<String, Rule> rules() {
            Map<String, Rule> rules = new LinkedHashMap<>();
            while (next() == '\'') {
                String symbol = string();
                List<String> choices = new ArrayList<>();
                at = text.indexOf('[', at) + 1;
                while (next() != ']') {
                    choices.add(sum());
                    at += next() == ',' ? 1 : 0;
                }
                at++;
                at += next() == ',' ? 1 : 0;
                rules.put(symbol, Rule.of(choices));
            }
            return rules;
        }

        /** {@code 'a' * 9 + 9*'b'} */
        private String sum() {
            StringBuilder sum = new StringBuilder();
            int times = 1;
            String last = "";
            while (true) {
                char c = next();
                if (c == '\'') {
                    last = string();
                    sum.append(last.repeat(times));
                    times = 1;
                } else if (Character.isDigit(c)) {
                    int from = at;
                    while (Character.isDigit(text.charAt(at))) {
                        at++;
                    }
                    times = Integer.parseInt(text.substring(from, at));
                    if (next() != '*') {
                        sum.append(last.repeat(times - 1));
                        times = 1;
                    }
                } else if (c == '*' || c == '+') {
                    at++;
                } else {
                    return sum.toString();
                }
            }
        }

        /** What comes after white space and comments. */
        private char next() {
            while (at < text.length()) {
                char c = text.charAt(at);
                if (c == '#') {
                    at = text.indexOf('\n', at);
                } else if (!Character.isWhitespace(c)) {
                    return c;
                }
                at++;
            }
            return '}';
        }

        private String string() {
            StringBuilder string = new StringBuilder();
            for (at++; text.charAt(at) != '\''; at++) {
                char c = text.charAt(at);
                if (c != '\\') {
                    string.append(c);
                    continue;
                }
                at++;
                switch (text.charAt(at)) {
                    case 'r' -> string.append('\r');
                    case 'n' -> string.append('\n');
                    case 't' -> string.append('\t');
                    case 'x' -> {
                        string.append((char) Integer.parseInt(text.substring(at + 1, at + 3), 16));
                        at += 2;
                    }
                    default -> string.append(text.charAt(at));
                }
            }
            at++;
            return string.toString();
        }
    }
}
