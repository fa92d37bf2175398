package clawsec.ctl;

import clawsec.detect.Finding;
import clawsec.detect.Severity;
import clawsec.log.Printable;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Prints findings while a text is read, each once, in the order of their places: those are kept
 * back that others may still come before. What turns up far behind its place, such as what was
 * compressed, is printed when it does. Holds a bounded number of them, however many there are.
 */
final class FindingPrinter {
    /** The latest findings, of which one that is the same is not printed. */
    static final int MAX_SEEN = 8_192;

    private static final JsonFactory JSON = new JsonFactory();

    private static final Comparator<Finding> ORDER =
            Comparator.comparingLong(Finding::offsetBytes).thenComparing(Finding::pattern);

    /** What a finding is the same as another by. */
    private record Seen(long offsetBytes, String pattern, List<String> via) {
        static Seen of(Finding finding) {
            return new Seen(finding.offsetBytes(), finding.pattern(), finding.via());
        }
    }

    private final Terminal terminal;

    /** Null for lines for people. */
    private final @Nullable JsonGenerator json;

    private final Set<Seen> seen = new LinkedHashSet<>();
    private final List<Finding> pending = new ArrayList<>();
    private long count;

    private FindingPrinter(Terminal terminal, @Nullable JsonGenerator json) {
        this.terminal = terminal;
        this.json = json;
    }

    static FindingPrinter of(Terminal terminal, boolean isJson) throws IOException {
        return new FindingPrinter(terminal, isJson ? json(terminal.out()) : null);
    }

    private static JsonGenerator json(PrintStream out) throws IOException {
        JsonGenerator json = JSON.createGenerator(out);
        json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
        json.writeStartArray();
        return json;
    }

    /** Takes a finding, which may have been there before. */
    void add(Finding finding) {
        if (seen.add(Seen.of(finding))) {
            pending.add(finding);
            if (seen.size() > MAX_SEEN) {
                seen.remove(seen.iterator().next());
            }
        }
    }

    /** Whether nobody takes what is printed: the reader went away, or the disk is full. */
    boolean isInVain() {
        return terminal.out().checkError();
    }

    /** Prints what was found before a place. */
    void printBefore(long offsetBytes) throws IOException {
        pending.sort(ORDER);
        int printed = 0;
        while (printed < pending.size() && pending.get(printed).offsetBytes() < offsetBytes) {
            print(pending.get(printed++));
        }
        pending.subList(0, printed).clear();
    }

    /**
     * The text ended.
     *
     * @param omitted findings that were not reported, since there were very many
     */
    void end(long omitted) throws IOException {
        printBefore(Long.MAX_VALUE);
        if (json != null) {
            json.writeEndArray();
            json.close();
            terminal.out().println();
            return;
        }
        String more =
                omitted == 0
                        ? ""
                        : "; "
                                + omitted
                                + " more were counted only: of one text 128 are reported, and one"
                                + " for each KB";
        terminal.out().println((count == 0 ? "nothing found" : count + " found") + more);
    }

    private void print(Finding finding) throws IOException {
        count++;
        if (json == null) {
            terminal.out().println(line(finding));
        } else {
            write(finding, json);
        }
    }

    private String line(Finding finding) {
        String severity = finding.severity().name().toLowerCase(Locale.ROOT);
        String via = finding.via().isEmpty() ? "" : " via " + String.join(", ", finding.via());
        String head =
                "%d: %s %s %s%s"
                        .formatted(
                                finding.offsetBytes(),
                                severity,
                                finding.type(),
                                finding.pattern(),
                                via);
        boolean isGrave = finding.severity().compareTo(Severity.HIGH) >= 0;
        return terminal.styled(isGrave ? Terminal.Style.RED : Terminal.Style.BOLD, head)
                + "\n    "
                + Printable.of(finding.snippet());
    }

    private static void write(Finding finding, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeNumberField("offset", finding.offsetBytes());
        json.writeStringField(
                "direction", finding.subject().direction().name().toLowerCase(Locale.ROOT));
        json.writeStringField("threat_type", finding.type().name());
        json.writeStringField("pattern", finding.pattern());
        json.writeStringField("severity", finding.severity().name().toLowerCase(Locale.ROOT));
        json.writeStringField("snippet", finding.snippet());
        json.writeArrayFieldStart("via");
        for (String decoding : finding.via()) {
            json.writeString(decoding);
        }
        json.writeEndArray();
        json.writeEndObject();
    }
}
