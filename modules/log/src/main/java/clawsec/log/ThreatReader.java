package clawsec.log;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads {@code threats.jsonl} while it may be written. It holds no file open between calls and
 * reads no more of it than the answer needs. Immutable.
 */
public final class ThreatReader {
    /** A longer line is no record of ours; it is skipped and counted. */
    static final int LINE_LIMIT_BYTES = 1 << 20;

    /**
     * Lines older than {@code since}, one after the other, after which nothing newer is expected.
     * More than one, since a clock that was set leaves older times between newer ones.
     */
    static final int OLDER_LINES_LIMIT = 10_000;

    private final Path file;

    /** Reads that file, which need not be there yet. */
    public ThreatReader(Path file) {
        this.file = file;
    }

    /**
     * The newest threats that match, from the file's end backwards.
     *
     * @param limit how many at most, 1 or more
     */
    public ThreatPage newest(ThreatQuery query, int limit) throws IOException {
        if (limit < 1) {
            throw new IllegalArgumentException("limit " + limit + " is below 1");
        }
        List<ThreatLine> found = new ArrayList<>();
        long broken = 0;
        int older = 0;
        try (BackwardLines lines = BackwardLines.open(file, LINE_LIMIT_BYTES)) {
            long end = lines.size();
            while (found.size() < limit && older < OLDER_LINES_LIMIT) {
                Optional<BackwardLines.Line> next = lines.next();
                if (next.isEmpty()) {
                    break;
                }
                Optional<ThreatLine> line = ThreatLineParser.parse(next.get().bytes());
                if (line.isEmpty()) {
                    broken++;
                    // Perhaps half written yet: who follows reads it again, whole.
                    end = next.get().isEnded() ? end : next.get().offset();
                    continue;
                }
                older = query.isTooOld(line.get()) ? older + 1 : 0;
                if (query.matches(line.get())) {
                    found.add(line.get());
                }
            }
            return new ThreatPage(found, broken + lines.tooLong(), end);
        } catch (NoSuchFileException missing) {
            return new ThreatPage(List.of(), 0, 0);
        }
    }

    /**
     * Goes on from a page: hands over each line that is appended later, oldest first.
     *
     * @param from {@link ThreatPage#end}, or 0 for the whole file
     */
    public ThreatFollower follow(ThreatQuery query, long from) {
        return new ThreatFollower(file, query, from);
    }
}
