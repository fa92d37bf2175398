package clawsec.detect.engine;

import clawsec.detect.expression.Literal;
import clawsec.detect.expression.Sequel;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Finds where literals end, all of them in one pass. Every byte is looked at by a {@link
 * CandidateSearch}, places where that finds nothing are done with; of the others few remain when
 * their hash is looked up in {@link Anchors}, and these are compared, by a {@link LiteralTable}.
 * Immutable but for the search, of which there are several with the same answers.
 */
final class LiteralFilter {
    /** Bytes that are searched before the first of them is confirmed. */
    static final int PIECE = 4096;

    /** Reading pauses when there are so many; with one literal at every byte that is a piece. */
    private static final int ENOUGH_HITS = 256;

    private final Anchors anchors;
    private final LiteralTable table;
    private final Hit[][] hits;

    /** By literal; made when first needed, by several threads if need be, all alike. */
    private final AtomicReferenceArray<@Nullable Outlook> outlooks;

    private final List<Literal> literals;
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
        outlooks = new AtomicReferenceArray<>(hits.length);
        this.literals = List.copyOf(owners.keySet());
        anchors = new Anchors(owners.keySet());
        search = new ByteSearch(this.literals);
    }

    /** What is looked for. */
    Collection<Literal> literals() {
        return literals;
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
     * @param known index before which the bytes are those of one text
     * @param found takes the literals that end after {@code from}, up to the place returned, and
     *     can be part of a match as far as the bytes before {@code known} show
     */
    int read(byte[] text, int from, int to, int known, Hits found) {
        found.clear();
        int at = from;
        int count = 0;
        CandidateSearch first = search;
        while (at < to && count < ENOUGH_HITS) {
            int end = Math.min(to, at + PIECE);
            first.mark(text, at, end, found.scratch);
            int[] places = found.scratch.places;
            int kept = sift(text, places, found.scratch.listPlaces(at, end));
            for (int i = 0; i < kept; i++) {
                table.confirm(text, places[i], known, found);
            }
            count += kept;
            at = end;
        }
        return at;
    }

    /**
     * Goes through places and keeps those where the hash of a literal stands.
     *
     * @param places indices of last bytes, of which those kept come first afterwards
     * @return how many were kept
     */
    int sift(byte[] text, int[] places, int count) {
        int kept = 0;
        for (int i = 0; i < count; i++) {
            int four = Anchors.lastFour(text, places[i]);
            long bit = anchors.fits(four) | anchors.fitsThree(four);
            places[kept] = places[i];
            kept += (int) bit;
        }
        return kept;
    }

    /** What may stand around a literal in matches of the patterns that have it. */
    Outlook outlook(int literal, PatternSet patterns) {
        Outlook made = outlooks.get(literal);
        if (made == null) {
            made = madeOutlook(hits[literal], patterns);
            outlooks.set(literal, made);
            table.follow(literal, made.sequel());
        }
        return made;
    }

    private static Outlook madeOutlook(Hit[] owners, PatternSet patterns) {
        Outlook.Owner[] all = new Outlook.Owner[owners.length];
        Sequel sequel = null;
        for (int i = 0; i < owners.length; i++) {
            all[i] = Outlook.Owner.of(patterns.pattern(owners[i].pattern), owners[i]);
            Sequel one = new Sequel(all[i].continuation());
            sequel = sequel == null ? one : sequel.or(one);
        }
        return new Outlook(Objects.requireNonNull(sequel), all);
    }

    /** Whose a literal is; not to be changed. */
    Hit[] hits(int literal) {
        return hits[literal];
    }
}
