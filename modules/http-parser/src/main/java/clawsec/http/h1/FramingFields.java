package clawsec.http.h1;

import clawsec.http.FieldLine;
import clawsec.http.Fields;
import java.util.List;
import java.util.Locale;

/**
 * The fields that decide where a message ends, and Host, picked out of a head in one pass. Counts
 * are of field lines; values are of the last line of that name.
 */
final class FramingFields {
    private final Fields fields;
    int hosts;
    String host = "";
    int lengths;
    String length = "";
    int codings;
    String coding = "";

    FramingFields(Fields fields) {
        this.fields = fields;
        List<FieldLine> lines = fields.lines();
        for (int i = 0; i < lines.size(); i++) {
            FieldLine line = lines.get(i);
            switch (line.name().length()) {
                case 4 -> {
                    if (line.isNamed("Host")) {
                        hosts++;
                        host = line.value();
                    }
                }
                case 14 -> {
                    if (line.isNamed("Content-Length")) {
                        lengths++;
                        length = line.value();
                    }
                }
                case 17 -> {
                    if (line.isNamed("Transfer-Encoding")) {
                        codings++;
                        coding = line.value();
                    }
                }
                default -> {}
            }
        }
    }

    /** True when the message says {@code Transfer-Encoding: chunked}, once and nothing else. */
    boolean isChunked() {
        return codings == 1 && coding.equalsIgnoreCase("chunked");
    }

    /** All transfer codings in the order they were applied, in lower case. */
    List<String> transferCodings() {
        return fields.members("Transfer-Encoding").stream()
                .map(member -> member.toLowerCase(Locale.ROOT))
                .toList();
    }

    /** {@code 1*DIGIT} (RFC 9110 §8.6) as a number; -1 when it is none, or exceeds a long. */
    static long parseLength(String digits) {
        if (digits.isEmpty() || digits.length() > 19) {
            return -1;
        }
        long length = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            length = length * 10 + digit;
        }
        // 19 digits exceed a long at most once, which makes it negative
        return length < 0 ? -1 : length;
    }
}
