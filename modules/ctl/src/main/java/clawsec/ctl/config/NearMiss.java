package clawsec.ctl.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Finds what somebody meant who mistyped a name. */
public final class NearMiss {
    private NearMiss() {}

    /**
     * The name nearest to a word, when it is near enough to be meant: at most a third of its
     * characters, and no more than three, were added, left out, replaced, or swapped with their
     * neighbour.
     */
    public static Optional<String> of(String word, Collection<String> names) {
        return nearest(word, names, 1).stream().findFirst();
    }

    /** Up to {@code most} names as near as {@link #of} wants them, the nearest first. */
    public static List<String> nearest(String word, Collection<String> names, int most) {
        return names.stream()
                .filter(name -> distance(word, name) <= Math.min(3, name.length() / 3))
                .sorted(Comparator.comparingInt(name -> distance(word, name)))
                .limit(most)
                .toList();
    }

    /** Edits between two words: insertion, removal, replacement, and swapping of neighbours. */
    static int distance(String a, String b) {
        int[] beforeLast = new int[b.length() + 1];
        int[] last = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            last[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] row = new int[b.length() + 1];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = last[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replaced, Math.min(last[j], row[j - 1]) + 1);
                boolean isSwapped =
                        i > 1
                                && j > 1
                                && a.charAt(i - 1) == b.charAt(j - 2)
                                && a.charAt(i - 2) == b.charAt(j - 1);
                if (isSwapped) {
                    row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
                }
            }
            beforeLast = last;
            last = row;
        }
        return last[b.length()];
    }
}
