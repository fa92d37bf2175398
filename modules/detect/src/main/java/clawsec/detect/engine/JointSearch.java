package clawsec.detect.engine;

import clawsec.detect.expression.Literal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * Several searches for a part of the literals each: looking twice at every byte is dear, but with
 * too many literals in a bucket every other place may end one, which is dearer.
 */
final class JointSearch implements CandidateSearch {
    /** Literals that one search is for. */
    private static final int PART = 600;

    private final List<CandidateSearch> parts;

    private JointSearch(List<CandidateSearch> parts) {
        this.parts = List.copyOf(parts);
    }

    /**
     * Searches of 64 bytes at a time for as many literals as there are.
     *
     * @param twin for all the literals
     */
    static CandidateSearch wide(Collection<Literal> literals, CandidateSearch twin) {
        // Literals with the same last bytes belong together.
        List<Literal> sorted = new ArrayList<>(literals);
        sorted.sort(Comparator.comparing(JointSearch::backwards));
        int count = Math.max(1, (sorted.size() + PART / 2) / PART);
        List<CandidateSearch> parts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int from = i * sorted.size() / count;
            int to = (i + 1) * sorted.size() / count;
            parts.add(new WideSearch(new Buckets(sorted.subList(from, to)), twin));
        }
        return count == 1 ? parts.getFirst() : new JointSearch(parts);
    }

    private static String backwards(Literal literal) {
        return new StringBuilder(literal.text()).reverse().toString();
    }

    @Override
    public void mark(byte[] text, int from, int to, Scratch scratch) {
        int words = (to - from + BLOCK - 1) / BLOCK;
        parts.getFirst().mark(text, from, to, scratch);
        for (int i = 1; i < parts.size(); i++) {
            System.arraycopy(scratch.marks, 0, scratch.earlier, 0, words);
            parts.get(i).mark(text, from, to, scratch);
            for (int word = 0; word < words; word++) {
                scratch.marks[word] |= scratch.earlier[word];
            }
        }
    }
}
