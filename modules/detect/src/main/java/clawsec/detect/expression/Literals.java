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
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Byte strings of which every match of an expression contains at least one, ASCII letters in lower
 * case. They are taken from the tree: bytes that follow one another make a string, small classes
 * and choices make several, anything else ends the run; of all runs, the one that is expected least
 * often in ordinary text is kept.
 *
 * @param texts the strings, as ISO 8859-1 text (a character a byte), none of which contains another
 * @param reach the most bytes from a match's start to the end of such a string in it
 * @param isAtStart whether every match begins with such a string
 */
public record Literals(List<String> texts, int reach, boolean isAtStart) {
    /** The fewest bytes of a string. */
    public static final int MIN_LENGTH = 3;

    private static final int MAX_LENGTH = 24;
    private static final int MAX_TEXTS = 64;

    /** Turns of a repetition that are looked at. */
    private static final int MAX_TURNS = 32;

    /** Longer than any match, small enough to add up. */
    private static final int FAR = 1 << 28;

    public Literals {
        texts = List.copyOf(texts);
    }

    /** Empty when no three bytes stand in every match. */
    public static Optional<Literals> of(Node node) {
        Part part = part(node);
        Literals whole = part.texts == null ? null : complete(part.texts, 0).orElse(null);
        return Optional.ofNullable(rarer(whole, part.best));
    }

    /**
     * What is known of a part of an expression.
     *
     * @param texts all its matches, when they are few and short
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

    private static @Nullable Set<String> members(ByteSet set) {
        Set<String> members = new TreeSet<>();
        for (int value = 0; value < 256; value++) {
            if (set.contains(value)) {
                boolean isUpper = ByteSet.UPPER.contains(value);
                members.add(String.valueOf((char) (isUpper ? value | 0x20 : value)));
            }
        }
        return members.size() <= MAX_TEXTS / 4 ? members : null;
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
            Set<String> union = new TreeSet<>();
            required.forEach(each -> union.addAll(each.texts));
            int reach = required.stream().mapToInt(Literals::reach).max().orElse(0);
            best = of(union, reach, required.stream().allMatch(Literals::isAtStart));
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
        private Set<String> texts = Set.of("");
        private int start;
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
                best = rarer(best, new Literals(part.best.texts, end + part.best.reach, isAtStart));
            }
            start = end;
            end = Math.min(end + part.longest, FAR);
            if (part.texts == null) {
                start = end;
            } else {
                texts = part.texts;
            }
        }

        Part finish() {
            if (isExact) {
                return new Part(texts, best, end);
            }
            cut();
            return new Part(null, best, end);
        }

        private boolean append(Set<String> more) {
            if (texts.size() * more.size() > MAX_TEXTS) {
                return false;
            }
            Set<String> longer = new TreeSet<>();
            for (String text : texts) {
                for (String suffix : more) {
                    if (text.length() + suffix.length() > MAX_LENGTH) {
                        return false;
                    }
                    longer.add(text + suffix);
                }
            }
            texts = longer;
            return true;
        }

        private void cut() {
            isExact = false;
            best = rarer(best, complete(texts, start).orElse(null));
            texts = Set.of("");
        }
    }

    private static Optional<Literals> complete(Set<String> texts, int start) {
        int longest = 0;
        for (String text : texts) {
            if (text.length() < MIN_LENGTH) {
                return Optional.empty();
            }
            longest = Math.max(longest, text.length());
        }
        return Optional.of(of(texts, start + longest, start == 0));
    }

    private static Literals of(Set<String> texts, int reach, boolean isAtStart) {
        List<String> kept =
                texts.stream().filter(text -> texts.stream().noneMatch(isInside(text))).toList();
        boolean keepsStarts =
                texts.stream().allMatch(text -> kept.stream().anyMatch(text::startsWith));
        return new Literals(kept, reach, isAtStart && keepsStarts);
    }

    private static Predicate<String> isInside(String container) {
        return text -> !text.equals(container) && container.contains(text);
    }

    private static @Nullable Literals rarer(@Nullable Literals a, @Nullable Literals b) {
        if (a == null || b == null) {
            return a == null ? b : a;
        }
        return expected(b) < expected(a) ? b : a;
    }

    /** How often one of the texts is expected at a byte of ordinary text; a rough guess. */
    private static double expected(Literals literals) {
        double sum = 0;
        for (String text : literals.texts) {
            double product = 1;
            for (int i = 0; i < text.length(); i++) {
                product *= share(text.charAt(i));
            }
            sum += product;
        }
        return sum;
    }

    private static double share(char c) {
        if (c == ' ' || "etaoinsrl".indexOf(c) >= 0) {
            return 0.07;
        }
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
            return 0.02;
        }
        return "./-_\"=:,\n".indexOf(c) >= 0 ? 0.015 : 0.003;
    }
}
