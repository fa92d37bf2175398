package clawsec.log;

import clawsec.detect.Finding;
import clawsec.detect.Subject;
import java.util.Locale;

/**
 * The threat record's form on disk. Eight fields in a fixed order are the contract with every
 * reader; the others follow only when they say something.
 */
final class ThreatJson {
    /** No text in a record is longer, so that a line stays one write. */
    static final int TEXT_LIMIT_CHARS = 4096;

    private static final String CUT_MARK = "...";

    private ThreatJson() {}

    static String encode(Threat threat) {
        Finding finding = threat.finding();
        Subject subject = finding.subject();
        StringBuilder out = new StringBuilder(512);
        out.append('{');
        field(out, "direction", lower(subject.direction()));
        field(out, "protocol", lower(subject.protocol()));
        field(out, "threat_type", finding.type().name());
        field(out, "pattern", finding.pattern());
        field(out, "snippet", finding.snippet());
        field(out, "source", subject.source());
        field(out, "dest", subject.dest());
        field(out, "timestamp", Timestamps.format(threat.timestamp()));
        field(out, "severity", lower(finding.severity()));
        if (!finding.via().isEmpty()) {
            name(out, "via").append('[');
            for (String decoding : finding.via()) {
                separate(out, '[');
                string(out, decoding);
            }
            out.append(']');
        }
        if (!subject.method().isEmpty()) {
            field(out, "method", subject.method());
        }
        if (!subject.url().isEmpty()) {
            field(out, "url", subject.url());
        }
        return out.append('}').toString();
    }

    private static void field(StringBuilder out, String name, String value) {
        string(name(out, name), value);
    }

    private static StringBuilder name(StringBuilder out, String name) {
        separate(out, '{');
        return out.append('"').append(name).append("\":");
    }

    private static void separate(StringBuilder out, char opening) {
        if (out.charAt(out.length() - 1) != opening) {
            out.append(',');
        }
    }

    private static void string(StringBuilder out, String value) {
        out.append('"');
        if (value.length() <= TEXT_LIMIT_CHARS) {
            Printable.appendJson(out, value);
        } else {
            int end = TEXT_LIMIT_CHARS - CUT_MARK.length();
            if (Character.isHighSurrogate(value.charAt(end - 1))) {
                end--;
            }
            Printable.appendJson(out, value.substring(0, end));
            out.append(CUT_MARK);
        }
        out.append('"');
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
