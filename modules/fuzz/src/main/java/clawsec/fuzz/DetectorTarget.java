package clawsec.fuzz;

import static java.nio.charset.StandardCharsets.US_ASCII;

import clawsec.detect.DetectConfig;
import clawsec.detect.Detector;
import clawsec.detect.Direction;
import clawsec.detect.Finding;
import clawsec.detect.MessageScan;
import clawsec.detect.Protocol;
import clawsec.detect.RuleSet;
import clawsec.detect.Subject;
import clawsec.http.Fields;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Content that is scanned, and all that is decoded in it: escapes, base64, hexadecimal, percent
 * codes, forms, wide text, shells. The first byte says which way it goes.
 */
public final class DetectorTarget {
    private static final Detector DETECTOR = Detector.of(RuleSet.builtIn(), DetectConfig.DEFAULT);

    private DetectorTarget() {}

    /** Before the first input and outside of its time: the rules are made ready. */
    public static void fuzzerInitialize() {
        DETECTOR.masked("");
    }

    public static void fuzzerTestOneInput(byte[] input) {
        if (input.length > 0) {
            Direction direction = (input[0] & 1) == 0 ? Direction.OUTBOUND : Direction.INBOUND;
            Cuts.sameHoweverCut(input, 1, pieces -> scan(direction, pieces));
        }
    }

    private static List<String> scan(Direction direction, List<ByteBuffer> pieces) {
        Subject subject =
                new Subject(
                        direction,
                        Protocol.HTTP,
                        "127.0.0.1",
                        "a.example:80",
                        "POST",
                        "http://a.example/");
        List<Finding> found = new ArrayList<>();
        try (MessageScan scan = DETECTOR.open(subject, found::add)) {
            scan.head(ByteBuffer.wrap("POST / HTTP/1.1\r\n\r\n".getBytes(US_ASCII)), Fields.EMPTY);
            pieces.forEach(scan::content);
            scan.end();
        }
        // a text and what is decoded from it may report in any order
        return found.stream()
                .sorted(
                        Comparator.comparing(Finding::offsetBytes)
                                .thenComparing(Finding::pattern)
                                .thenComparing(finding -> finding.via().toString())
                                .thenComparing(Finding::snippet))
                .map(Finding::toString)
                .toList();
    }
}
