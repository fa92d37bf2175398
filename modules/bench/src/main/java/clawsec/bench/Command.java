package clawsec.bench;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** A command line while it is put together. Confined to one thread. */
final class Command {
    private final List<String> words = new ArrayList<>();

    /** A command of a program that has been found to be on this machine. */
    Command(String program) {
        words.add(Program.path(program));
    }

    Command with(String... more) {
        words.addAll(List.of(more));
        return this;
    }

    Command with(Collection<String> more) {
        words.addAll(more);
        return this;
    }

    List<String> words() {
        return List.copyOf(words);
    }
}
