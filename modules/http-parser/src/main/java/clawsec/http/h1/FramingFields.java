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
    static final String CONTENT_LENGTH = "Content-Length";
    static final String TRANSFER_ENCODING = "Transfer-Encoding";

    final Fields fields;
    int hosts;
    String host = "";
    int lengths;
    String length = "";
    int codings;
    String coding = "";

    /** Lines that gateways to CGI, WSGI and the like take for one of the two: Content_Length. */
    int lookalikes;

    FramingFields(Fields fields) {
        this.fields = fields;
        List<FieldLine> lines = fields.lines();
        for (int i = 0; i < lines.size(); i++) {
            note(lines.get(i));
        }
    }

    /** True when the message says {@code Transfer-Encoding: chunked}, once and nothing else. */
    boolean isPlainlyChunked() {
        return codings == 1 && coding.equalsIgnoreCase("chunked");
    }

    /** All transfer codings in the order they were applied, in lower case. */
    List<String> transferCodings() {
        return fields.members(TRANSFER_ENCODING).stream()
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
        // 19 digits exceed a long once at most, and are then negative
        return length < 0 ? -1 : length;
    }

    private void note(FieldLine line) {
        switch (line.name().length()) {
            case 4 -> {
                if (line.isNamed("Host")) {
                    hosts++;
                    host = line.value();
                }
            }
            case 14 -> {
                if (line.isNamed(CONTENT_LENGTH)) {
                    lengths++;
                    length = line.value();
                } else {
                    noteLookalike(line, CONTENT_LENGTH);
                }
            }
            case 17 -> {
                if (line.isNamed(TRANSFER_ENCODING)) {
                    codings++;
                    coding = line.value();
                } else {
                    noteLookalike(line, TRANSFER_ENCODING);
                }
            }
            default -> {}
        }
    }

    private void noteLookalike(FieldLine line, String name) {
        if (line.name().replace('_', '-').equalsIgnoreCase(name)) {
            lookalikes++;
        }
    }
}
