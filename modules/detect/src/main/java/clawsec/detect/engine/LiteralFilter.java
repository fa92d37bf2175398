package clawsec.detect.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Finds where literals end, all of them in one pass, one table look-up a byte; ASCII letters of
 * both cases are the same. States are numbered so that those that end a literal are the last: the
 * inner loop compares one number.
 *
 * <p>Source: A. Aho and M. Corasick, Efficient string matching, 1975. Immutable.
 */
final class LiteralFilter {
    /** The state at the start of a text. */
    static final int START = 0;

    /** Bytes that stand in no literal share the class 0. */
    private final char[] classes = new char[256];

    private final int classCount;

    /** The next state by state and class; a state is the index of its first entry here. */
    private final int[] next;

    /** The first of the states that end a literal. */
    private final int firstHit;

    /** By such states, the literals that end. */
    private final Hit[][] hits;

    /** A literal that ends: whose it is, and its length. */
    record Hit(int pattern, int lengthBytes) {}

    /**
     * @param literals for each pattern its strings, a character a byte, in lower case
     */
    LiteralFilter(List<List<String>> literals) {
        int count = 1;
        for (List<String> texts : literals) {
            for (String text : texts) {
                for (int i = 0; i < text.length(); i++) {
                    if (classes[text.charAt(i)] == 0) {
                        classes[text.charAt(i)] = (char) count++;
                    }
                }
            }
        }
        for (int letter = 'a'; letter <= 'z'; letter++) {
            classes[letter - 0x20] = classes[letter];
        }
        classCount = count;
        List<Trie> states = complete(trie(literals));
        List<Trie> ordered = new ArrayList<>(states);
        ordered.sort((a, b) -> Boolean.compare(!a.hits.isEmpty(), !b.hits.isEmpty()));
        for (int i = 0; i < ordered.size(); i++) {
            ordered.get(i).number = i;
        }
        next = new int[ordered.size() * classCount];
        List<Hit[]> found = new ArrayList<>();
        for (Trie state : ordered) {
            for (int c = 0; c < classCount; c++) {
                next[state.number * classCount + c] = state.next[c].number * classCount;
            }
            if (!state.hits.isEmpty()) {
                found.add(state.hits.toArray(Hit[]::new));
            }
        }
        hits = found.toArray(Hit[][]::new);
        firstHit = (ordered.size() - hits.length) * classCount;
    }

    /**
     * Reads on until a literal ends.
     *
     * @return the state in the upper half, the index after the last byte read in the lower; a
     *     literal ended there when {@link #isHit} says so of the state, else it is {@code to}
     */
    long read(byte[] text, int from, int to, int state) {
        int current = state;
        for (int index = from; index < to; index++) {
            current = next[current + classes[text[index] & 0xff]];
            if (current >= firstHit) {
                return (long) current << 32 | (index + 1);
            }
        }
        return (long) current << 32 | to;
    }

    boolean isHit(int state) {
        return state >= firstHit;
    }

    /** The literals that ended; not to be changed. */
    Hit[] hits(int state) {
        return hits[(state - firstHit) / classCount];
    }

    private static final class Trie {
        final Trie[] next;
        final List<Hit> hits = new ArrayList<>(1);
        int number;

        Trie(int classCount) {
            next = new Trie[classCount];
        }
    }

    private Trie trie(List<List<String>> literals) {
        Trie root = new Trie(classCount);
        for (int pattern = 0; pattern < literals.size(); pattern++) {
            for (String text : literals.get(pattern)) {
                Trie at = root;
                for (int i = 0; i < text.length(); i++) {
                    int c = classes[text.charAt(i)];
                    if (at.next[c] == null) {
                        at.next[c] = new Trie(classCount);
                    }
                    at = at.next[c];
                }
                at.hits.add(new Hit(pattern, text.length()));
            }
        }
        return root;
    }

    /** Gives every state a next one for every class, breadth first; returns all states. */
    private List<Trie> complete(Trie root) {
        List<Trie> states = new ArrayList<>(List.of(root));
        Deque<Trie[]> open = new ArrayDeque<>();
        for (int c = 0; c < classCount; c++) {
            if (root.next[c] == null) {
                root.next[c] = root;
            } else {
                open.add(new Trie[] {root.next[c], root});
            }
        }
        while (!open.isEmpty()) {
            Trie[] pair = open.remove();
            Trie state = pair[0];
            Trie fallback = pair[1];
            states.add(state);
            state.hits.addAll(fallback.hits);
            for (int c = 0; c < classCount; c++) {
                if (state.next[c] == null) {
                    state.next[c] = fallback.next[c];
                } else {
                    open.add(new Trie[] {state.next[c], fallback.next[c]});
                }
            }
        }
        return states;
    }
}
