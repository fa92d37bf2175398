package clawsec.detect.engine;

import clawsec.detect.expression.Literal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds where literals end, all of them in one pass. Every byte is looked at by a {@link
 * CandidateSearch}, places where that finds nothing are done with; the others are looked up in a
 * {@link LiteralTable}. Immutable but for the search, of which there are several with the same
 * answers.
 */
final class LiteralFilter {
    /** Bytes that are searched before the first of them is confirmed. */
    static final int PIECE = 1024;

    /** Reading pauses when there are so many; with one literal at every byte that is a piece. */
    private static final int ENOUGH_HITS = 256;

    private final LiteralTable table;
    private final Hit[][] hits;
    private final Buckets buckets;
    private volatile CandidateSearch search;

    /** A literal of a pattern. */
    record Hit(int pattern, Literal literal) {}

    /**
     * @param literals for each pattern its literals
     */
    LiteralFilter(List<List<Literal>> literals) {
        Map<Literal, List<Hit>> owners = new LinkedHashMap<>();
        for (int pattern = 0; pattern < literals.size(); pattern++) {
            for (Literal literal : literals.get(pattern)) {
                owners.computeIfAbsent(literal.withoutReach(), _ -> new ArrayList<>())
                        .add(new Hit(pattern, literal));
            }
        }
        table = new LiteralTable(List.copyOf(owners.keySet()));
        hits = owners.values().stream().map(all -> all.toArray(Hit[]::new)).toArray(Hit[][]::new);
        buckets = new Buckets(owners.keySet());
        search = new ShiftOr(buckets);
    }

    Buckets buckets() {
        return buckets;
    }

    /** What looks at every byte. */
    CandidateSearch search() {
        return search;
    }

    /** From now on looks with another search for the same buckets. */
    void use(CandidateSearch other) {
        search = other;
    }

    /**
     * Reads on, to the end or until there are many hits.
     *
     * @param text in which whatever precedes {@code from} stands, as far as literals are long
     * @param found takes the literals that end after {@code from}, up to the place returned
     */
    int read(byte[] text, int from, int to, Hits found) {
        found.clear();
        int at = from;
        int count = 0;
        CandidateSearch first = search;
        while (at < to && count < ENOUGH_HITS) {
            int end = Math.min(to, at + PIECE);
            first.mark(text, at, end, found.scratch);
            for (int block = at; block < end; block += CandidateSearch.BLOCK) {
                long marks = found.scratch.marks[(block - at) / CandidateSearch.BLOCK];
                if (marks != 0) {
                    int kept = table.sift(text, block, marks, found.scratch.places);
                    for (int i = 0; i < kept; i++) {
                        table.confirm(text, found.scratch.places[i], found);
                    }
                    count += kept;
                }
            }
            at = end;
        }
        return at;
    }

    /** Whose a literal is; not to be changed. */
    Hit[] hits(int literal) {
        return hits[literal];
    }
}
