package clawsec.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ThreatFollowerTest {
    private static final Instant START = Instant.parse("2026-02-19T13:00:00Z");

    @TempDir Path temporary;
    private final List<String> seen = new ArrayList<>();

    @Test
    void follow_newLines_areHandedOverOnceWhole() throws Exception {
        append(line("before:1") + "\n");
        long end = new ThreatReader(file()).newest(ThreatQuery.ALL, 1).end();
        steps(
                end,
                () -> assertSeen(),
                () -> append(line("a:1") + "\n" + line("b:1").substring(0, 9)),
                () -> assertSeen("a:1"),
                () -> append(line("b:1").substring(9)),
                () -> assertSeen("a:1"),
                () -> append("\n\n" + line("c:1") + "\n"),
                () -> assertSeen("a:1", "b:1", "c:1"));
    }

    @Test
    void follow_tailHalfWrittenWhenThePageWasRead_comesWhole() throws Exception {
        append(line("a:1") + "\n" + line("b:1").substring(0, 9));
        long end = new ThreatReader(file()).newest(ThreatQuery.ALL, 1).end();
        steps(end, () -> append(line("b:1").substring(9) + "\n"), () -> assertSeen("b:1"));
    }

    @Test
    void follow_noFileYet_waitsForIt() throws Exception {
        steps(0, () -> assertSeen(), () -> append(line("a:1") + "\n"), () -> assertSeen("a:1"));
    }

    @Test
    void follow_fileMovedAway_readsItToItsEndAndGoesOn() throws Exception {
        append(line("a:1") + "\n");
        steps(
                0,
                () -> assertSeen("a:1"),
                () -> {
                    append(line("b:1") + "\n");
                    Files.move(file(), temporary.resolve("moved"));
                },
                () -> assertSeen("a:1", "b:1"),
                () -> append(line("c:1") + "\n"),
                () -> assertSeen("a:1", "b:1", "c:1"),
                () -> {
                    Files.delete(file());
                    append(line("d:1") + "\n" + line("e:1") + "\n" + line("f:1") + "\n");
                },
                () -> assertSeen("a:1", "b:1", "c:1", "d:1", "e:1", "f:1"));
    }

    @Test
    void follow_fileTruncated_beginsAnew() throws Exception {
        append(line("a:1") + "\n" + line("b:1") + "\n" + line("c:1").substring(0, 9));
        ThreatFollower follower =
                steps(
                        0,
                        () -> Files.writeString(file(), ""),
                        () -> append(line("d:1") + "\n"),
                        () -> assertSeen("a:1", "b:1", "d:1"));
        assertEquals(1, follower.skipped());
    }

    @Test
    void follow_pageEndPastTheFile_beginsAnew() throws Exception {
        append(line("a:1") + "\n");
        steps(1_000_000, () -> assertSeen("a:1"));
    }

    @Test
    void follow_brokenLines_areSkippedAndCounted() throws Exception {
        append("garbage\n" + "x".repeat(ThreatReader.LINE_LIMIT_BYTES + 1) + "\n");
        append(line("a:1") + "\n");
        ThreatFollower follower = steps(0, () -> assertSeen("a:1"));
        assertEquals(2, follower.skipped());
    }

    @Test
    void follow_query_isMet() throws Exception {
        append(line("a:1") + "\n");
        ThreatQuery none =
                new ThreatQuery(Optional.of("other"), Optional.empty(), Optional.empty());
        try (ThreatFollower follower = new ThreatReader(file()).follow(none, 0)) {
            follower.follow(line -> seen.add(line.dest()), () -> false);
            assertSeen();
            assertEquals(0, follower.skipped());
        }
    }

    @Test
    void follow_interruptedPause_endsIt() throws IOException {
        try (ThreatFollower follower = new ThreatReader(file()).follow(ThreatQuery.ALL, 0)) {
            assertThrows(
                    InterruptedException.class,
                    () ->
                            follower.follow(
                                    line -> seen.add(line.dest()),
                                    () -> {
                                        throw new InterruptedException();
                                    }));
        }
    }

    /** Follows the file; each pause takes the next step, and the last one stops. */
    private ThreatFollower steps(long from, Step... steps) throws Exception {
        Deque<Step> rest = new ArrayDeque<>(List.of(steps));
        try (ThreatFollower follower = new ThreatReader(file()).follow(ThreatQuery.ALL, from)) {
            follower.follow(
                    line -> seen.add(line.dest()),
                    () -> {
                        rest.removeFirst().run();
                        return !rest.isEmpty();
                    });
            return follower;
        }
    }

    private void assertSeen(String... dests) {
        assertEquals(List.of(dests), seen);
    }

    private static String line(String dest) {
        return new Threat(Samples.to(dest), START).toJson();
    }

    private void append(String text) throws IOException {
        Files.writeString(file(), text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private Path file() {
        return temporary.resolve("threats.jsonl");
    }

    private interface Step {
        void take() throws IOException;

        default void run() {
            try {
                take();
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
    }
}
