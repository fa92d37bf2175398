package clawsec.detect.expression;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class LockstepTest {
    private static final List<String> REGEXES =
            List.of(
                    "\\bab[^-]{0,9}-c",
                    "ab?[ab]{2,6}\\b",
                    "b(a|b){1,4}-{2,}",
                    "\\ba[a-c]{3,20}c",
                    "(ab|ba) ?[abc-]{0,5}ccc");

    /** Where a search came to in a text, and whether since a match ends there. */
    private record Outcome(int reached, boolean ends) {}

    @Property(tries = 1000)
    void read_severalSeekers_findWhatEachFindsAlone(
            @ForAll("texts") String first,
            @ForAll("texts") String second,
            @ForAll @Size(min = 2, max = 4) List<@IntRange(max = 4) Integer> which)
            throws ExpressionException {
        byte[] text = (first + second).getBytes(StandardCharsets.ISO_8859_1);
        int from = first.length();
        List<Seeker> seekers = new ArrayList<>();
        List<SeekState> states = new ArrayList<>();
        Lockstep lockstep = new Lockstep();
        List<Lane> lanes = new ArrayList<>();
        for (int i : which) {
            Seeker seeker = Seeker.of(ExpressionParser.parse(REGEXES.get(i), false));
            SeekState state = seeker.state();
            boolean isThere = seeker.seek(state, text, 0, 0, from, from) == from;
            Lane lane = new Lane(seeker, state);
            if (isThere && lane.enter(0, from, from)) {
                lockstep.add(lane);
                lanes.add(lane);
                seekers.add(seeker);
                states.add(state);
            }
        }
        lockstep.read(text, 0, from, text.length);
        for (int i = 0; i < lanes.size(); i++) {
            Seeker seeker = seekers.get(i);
            SeekState alone = seeker.state();
            seeker.seek(alone, text, 0, 0, from, from);
            Lane lane = lanes.get(i);
            Outcome inStep =
                    lane.hasEnded()
                            ? new Outcome(lane.reached(), true)
                            : outcome(seeker, states.get(i), text, lane.reached());
            assertEquals(outcome(seeker, alone, text, from), inStep);
        }
    }

    /** Reads on alone, to the first end or the end of the text. */
    private static Outcome outcome(Seeker seeker, SeekState state, byte[] text, int from) {
        int stop = seeker.seek(state, text, 0, from, text.length, text.length);
        return new Outcome(Math.max(stop, ~stop), stop < 0);
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.of("ab", "a", "b", "c", "-", " ", "abab", "ccc", "ba ", "--")
                .list()
                .ofMinSize(1)
                .ofMaxSize(12)
                .map(pieces -> String.join("", pieces));
    }
}
