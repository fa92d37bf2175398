package clawsec.detect.engine;

import clawsec.detect.expression.Expressions.Span;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Scans one text and writes down what it hears. */
final class Recorder implements MatchSink {
    final List<Span> found = new ArrayList<>();

    /** Pattern, place of readiness, and the match with its context, in order. */
    final List<String> ready = new ArrayList<>();

    final TextScan scan;

    Recorder(Pattern... patterns) {
        boolean[] isWanted = new boolean[patterns.length];
        java.util.Arrays.fill(isWanted, true);
        scan = new TextScan(new PatternSet(List.of(patterns)), isWanted, this);
    }

    Recorder read(String text) {
        scan.read(ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1)));
        return this;
    }

    Recorder end() {
        scan.end();
        return this;
    }

    List<Span> foundInOrder() {
        return found.stream().sorted(Comparator.comparingLong(Span::start)).toList();
    }

    @Override
    public boolean found(int pattern, long start, long end) {
        found.add(new Span(start, end));
        return true;
    }

    @Override
    public void ready(int pattern, long start, long end) {
        Window window = scan.window();
        long from = Math.max(0, start - TextScan.CONTEXT_BYTES);
        long to = Math.min(scan.place(), end + TextScan.CONTEXT_BYTES);
        String shown = new String(window.copy(from, to), StandardCharsets.ISO_8859_1);
        ready.add(pattern + " [" + start + "," + end + ") at " + scan.place() + ": " + shown);
    }

    @Override
    public void passed() {}
}
