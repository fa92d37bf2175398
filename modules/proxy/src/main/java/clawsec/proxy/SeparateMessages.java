package clawsec.proxy;

import java.util.List;

/** Messages that are inspected as if each stood alone. */
record SeparateMessages(Inspector inspector, Passage passage) implements SequenceInspection {
    @Override
    public Inspection next(List<String> codings) {
        return inspector.open(passage);
    }

    @Override
    public boolean isPending() {
        return false;
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
}
