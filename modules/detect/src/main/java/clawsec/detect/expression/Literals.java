package clawsec.detect.expression;

import clawsec.detect.expression.Node.Boundary;
import clawsec.detect.expression.Node.Bytes;
import clawsec.detect.expression.Node.Choice;
import clawsec.detect.expression.Node.Repeat;
import clawsec.detect.expression.Node.Sequence;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Byte strings of which every match of an expression contains at least one. They are taken from the
 * tree: bytes that follow one another make a string, small classes and choices make several,
 * anything else ends the run; of all runs, the one that is expected least often in traffic is kept.
 * Each string is cut after the {@value #ANCHOR_LENGTH} bytes of it that are rarest, so that whoever
 * looks for strings need only look at their last bytes first.
 *
 * @param list the strings, none of which contains another
 * @param isAtStart whether every match begins with one of them
 * @param isWhole whether these are the matches, and none of them can overlap another but itself
 */
public record Literals(List<Literal> list, boolean isAtStart, boolean isWhole) {
    /** The fewest bytes of a string. */
    public static final int MIN_LENGTH = 3;

    /** The most bytes of a string. */
    public static final int MAX_LENGTH = 24;

    /** The last bytes of a string, by which it is looked for; a shorter one is looked for whole. */
    public static final int ANCHOR_LENGTH = 4;

    private static final int MAX_TEXTS = 128;

    /** The most bytes of a set of which each makes a string, a letter in either case once. */
    private static final int MAX_MEMBERS = 16;

    /** What comparing costs, in looks at an anchor. */
    private static final int COMPARING = 4;

    /** What looking at the bytes after a literal costs, in looks at an anchor. */
    private static final int LOOKING_AHEAD = 20;

    /** The same of those before it, and of reading back for a few of them. */
    private static final int LOOKING_BACK = 4;

    /** The share of places that are looked at in vain for one more string among thousands. */
    private static final double LOOKING = 3e-5;

    /** Turns of a repetition that are looked at. */
    private static final int MAX_TURNS = 32;

    /** Set in a character of a text, beside the letter. */
    private static final int EITHER_CASE = 0x100;

    /** Longer than any match, small enough to add up. */
    private static final int FAR = 1 << 28;

    public Literals {
        list = List.copyOf(list);
    }

    /** Strings that are not all there is of a match. */
    Literals(List<Literal> list, boolean isAtStart) {
        this(list, isAtStart, false);
    }

    /** Empty when no three bytes stand in every match. */
    public static Optional<Literals> of(Node node) {
        Part part = part(node);
        Literals whole = part.texts == null ? null : complete(part.texts, 0).orElse(null);
        Literals rarest = rarer(whole, part.best);
        if (rarest != null && rarest == whole && isWhole(node, part, whole.list)) {
            return Optional.of(new Literals(whole.list, true, true));
        }
        return Optional.ofNullable(rarest);
    }

    /** Whether strings are the texts that are all matches, and those do not overlap others. */
    private static boolean isWhole(Node node, Part part, List<Literal> list) {
        Set<String> texts = part.texts;
        boolean isUncut =
                texts != null
                        && list.size() == texts.size()
                        && list.stream().mapToInt(Literal::length).sum()
                                == texts.stream().mapToInt(String::length).sum();
        return isUncut && !hasBoundary(node) && list.stream().allMatch(each -> isApart(each, list));
    }

    /** Whether a string is as long as all others, or has a beginning that stands nowhere else. */
    private static boolean isApart(Literal literal, List<Literal> list) {
        int begin = literal.text().charAt(0);
        return list.stream().allMatch(other -> other.length() == literal.length())
                || list.stream()
                        .allMatch(other ->
                                other.text().indexOf(begin, 1) < 0
                                        && other.text().indexOf(begin ^ 0x20, 1) < 0);
    }

    private static boolean hasBoundary(Node node) {
        return switch (node) {
            case Boundary _ -> true;
            case Bytes _ -> false;
            case Choice choice -> choice.alternatives().stream().anyMatch(Literals::hasBoundary);
            case Sequence sequence -> sequence.items().stream().anyMatch(Literals::hasBoundary);
            case Repeat repeat -> hasBoundary(repeat.body());
        };
    }

    /** The most bytes from a match's start to the end of such a string in it. */
    public int reachBytes() {
        return list.stream().mapToInt(Literal::reachBytes).max().orElse(0);
    }

    /**
     * What is known of a part of an expression.
     *
     * @param texts all its matches, when they are few and short; a letter that stands in either
     *     case is in lower case and marked by {@link #EITHER_CASE}
     * @param best strings required by it, counted from its own start
     * @param longest of its matches, in bytes
     */
    private record Part(@Nullable Set<String> texts, @Nullable Literals best, int longest) {}

    private static Part part(Node node) {
        return switch (node) {
            case Boundary _ -> new Part(Set.of(""), null, 0);
            case Bytes bytes -> new Part(members(bytes.set()), null, 1);
            case Choice choice -> choice(choice.alternatives());
            case Sequence _ -> new Run().add(node).finish();
            case Repeat repeat when repeat.min() == 0 -> optional(repeat);
            case Repeat _ -> new Run().add(node).finish();
        };
    }

    /** Whether a byte out of a set can be part of a string. */
    static boolean isNarrow(ByteSet set) {
        return members(set) != null;
    }

    private static @Nullable Set<String> members(ByteSet set) {
        Set<String> members = new TreeSet<>();
        for (int value = 0; value < 256 && members.size() <= MAX_MEMBERS; value++) {
            if (set.contains(value)) {
                boolean isLetter = ByteSet.LOWER.or(ByteSet.UPPER).contains(value);
                boolean isEither = isLetter && set.contains(value ^ 0x20);
                members.add(String.valueOf((char) (isEither ? value | 0x20 | EITHER_CASE : value)));
            }
        }
        return members.size() <= MAX_MEMBERS ? members : null;
    }

    private static Part choice(List<Node> alternatives) {
        Set<String> texts = new TreeSet<>();
        List<Literals> required = new ArrayList<>();
        boolean isExact = true;
        int longest = 0;
        for (Node alternative : alternatives) {
            Part part = part(alternative);
            longest = Math.max(longest, part.longest);
            Literals whole = null;
            if (part.texts == null) {
                isExact = false;
            } else {
                texts.addAll(part.texts);
                whole = complete(part.texts, 0).orElse(null);
            }
            Literals best = rarer(whole, part.best);
            if (best != null) {
                required.add(best);
            }
        }
        Literals best = null;
        if (required.size() == alternatives.size()) {
            List<Literal> union = required.stream().flatMap(each -> each.list.stream()).toList();
            best = of(union, required.stream().allMatch(Literals::isAtStart));
        }
        return new Part(isExact && texts.size() <= MAX_TEXTS ? texts : null, best, longest);
    }

    private static Part optional(Repeat repeat) {
        Part body = part(repeat.body());
        if (repeat.max() == 1 && body.texts != null) {
            Set<String> texts = new TreeSet<>(body.texts);
            texts.add("");
            return new Part(texts, null, body.longest);
        }
        return new Part(null, null, times(body.longest, repeat.max()));
    }

    private static int times(int longest, int turns) {
        return (int) Math.min((long) longest * turns, FAR);
    }

    /** Parts that follow one another. */
    private static final class Run {
        private Stretch stretch = new Stretch(Set.of(""), 0);

        /** Begun later, where one text follows several: there may be fewer without those. */
        private @Nullable Stretch later;

        private int end;
        private boolean isExact = true;
        private @Nullable Literals best;

        Run add(Node node) {
            if (node instanceof Sequence sequence) {
                sequence.items().forEach(this::add);
            } else if (node instanceof Repeat repeat && repeat.min() > 0) {
                Part body = part(repeat.body());
                int turns = Math.min(repeat.min(), MAX_TURNS);
                for (int i = 0; i < turns; i++) {
                    add(body);
                }
                if (turns < repeat.max()) {
                    add(new Part(null, null, times(body.longest, repeat.max() - turns)));
                }
            } else {
                add(part(node));
            }
            return this;
        }

        private void add(Part part) {
            if (part.texts != null && append(part.texts)) {
                end = Math.min(end + part.longest, FAR);
                return;
            }
            cut();
            if (part.best != null) {
                boolean isAtStart = end == 0 && part.best.isAtStart;
                best = rarer(best, part.best.after(end, isAtStart));
            }
            int start = end;
            end = Math.min(end + part.longest, FAR);
            stretch =
                    part.texts == null
                            ? new Stretch(Set.of(""), end)
                            : new Stretch(part.texts, start);
        }

        Part finish() {
            if (isExact) {
                consider(later);
                return new Part(stretch.texts, best, end);
            }
            cut();
            return new Part(null, best, end);
        }

        private boolean append(Set<String> more) {
            if (more.size() > 1) {
                // Fewer and shorter strings may do.
                consider(stretch);
                consider(later);
            }
            Stretch longer = stretch.with(more);
            if (longer == null) {
                return false;
            }
            if (later != null) {
                later = later.with(more);
            }
            if (later == null && stretch.texts.size() > 1 && more.size() == 1) {
                later = new Stretch(more, end);
            }
            stretch = longer;
            return true;
        }

        private void consider(@Nullable Stretch one) {
            if (one != null) {
                best = rarer(best, complete(one.texts, one.start).orElse(null));
            }
        }

        private void cut() {
            isExact = false;
            consider(stretch);
            consider(later);
            later = null;
            stretch = new Stretch(Set.of(""), end);
        }
    }

    /**
     * Strings of which one stands in every match.
     *
     * @param start the most bytes before it
     */
    private record Stretch(Set<String> texts, int start) {
        /** Each with each of others behind it; null when there are too many, or too long ones. */
        @Nullable Stretch with(Set<String> more) {
            if (texts.size() * more.size() > MAX_TEXTS) {
                return null;
            }
            Set<String> longer = new TreeSet<>();
            for (String text : texts) {
                for (String suffix : more) {
                    if (text.length() + suffix.length() > MAX_LENGTH) {
                        return null;
                    }
                    longer.add(text + suffix);
                }
            }
            return new Stretch(longer, start);
        }
    }

    private static Optional<Literals> complete(Set<String> texts, int start) {
        List<Literal> whole = new ArrayList<>();
        for (String text : texts) {
            if (text.length() < MIN_LENGTH) {
                return Optional.empty();
            }
            whole.add(literal(text, start));
        }
        return Optional.of(of(whole, start == 0));
    }

    private static Literal literal(String symbols, int start) {
        int eitherCase = 0;
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < symbols.length(); i++) {
            eitherCase |= (symbols.charAt(i) & EITHER_CASE) == 0 ? 0 : 1 << i;
            text.append((char) (symbols.charAt(i) & 0xff));
        }
        return new Literal(text.toString(), eitherCase, start + symbols.length());
    }

    private Literals after(int bytes, boolean startsThere) {
        return new Literals(
                list.stream().map(each -> each.withReach(bytes + each.reachBytes())).toList(),
                startsThere);
    }

    /** Cuts the strings and drops those that contain another, which then reaches as far. */
    private static Literals of(List<Literal> whole, boolean isAtStart) {
        List<Literal> cut = whole.stream().map(Rarity::cutAfterRarest).distinct().toList();
        List<Literal> kept = new ArrayList<>();
        for (int i = 0; i < cut.size(); i++) {
            Literal literal = cut.get(i);
            int reach = literal.reachBytes();
            boolean isKept = true;
            for (int j = 0; j < cut.size(); j++) {
                Literal other = cut.get(j);
                boolean containsOther = i != j && other.isInside(literal);
                boolean isInsideOther = i != j && literal.isInside(other);
                isKept &= !containsOther || (isInsideOther && i < j);
                reach = isInsideOther ? Math.max(reach, other.reachBytes()) : reach;
            }
            if (isKept) {
                kept.add(literal.withReach(reach));
            }
        }
        boolean keepsStarts =
                cut.stream().allMatch(each -> kept.stream().anyMatch(it -> it.begins(each)));
        return new Literals(kept, isAtStart && keepsStarts);
    }

    private static @Nullable Literals rarer(@Nullable Literals a, @Nullable Literals b) {
        if (a == null || b == null) {
            return a == null ? b : a;
        }
        return b.cost() < a.cost() ? b : a;
    }

    /** What looking for the strings costs at a byte of traffic: a rough guess, in no unit. */
    private double cost() {
        double sum = 0;
        int around = isAtStart ? LOOKING_AHEAD : LOOKING_AHEAD + LOOKING_BACK;
        for (Literal literal : list) {
            sum += LOOKING + COMPARING * Rarity.ofAnchor(literal) + around * Rarity.of(literal);
        }
        return sum;
    }
}
