package clawsec.ctl;

import clawsec.detect.HomeHosts;
import clawsec.detect.Rule;
import clawsec.detect.SecretRule;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** A rule for a person to read, and as a rule file has it. */
final class RuleView {
    private RuleView() {}

    /** One line for each thing that the rule says. */
    static List<String> lines(Rule rule) {
        List<String> lines = new ArrayList<>();
        lines.add("id          " + rule.id());
        lines.add("title       " + rule.title());
        lines.add("type        " + rule.type());
        lines.add("severity    " + name(rule.severity()));
        lines.add("directions  " + String.join(", ", sorted(rule.directions())));
        lines.add("regex       " + rule.regex());
        lines.add("letter case " + (rule.isCaseInsensitive() ? "does not matter" : "matters"));
        rule.secret().ifPresent(secret -> add(lines, secret));
        rule.allow().forEach(text -> lines.add("allowed     " + text));
        rule.lesser().forEach(text -> lines.add("lesser      " + text));
        rule.hit().forEach(text -> lines.add("hit         " + shown(text)));
        rule.miss().forEach(text -> lines.add("miss        " + shown(text)));
        return lines;
    }

    private static void add(List<String> lines, SecretRule secret) {
        lines.add("secret      is masked" + (secret.isGeneric() ? "; gives way to others" : ""));
        if (!secret.prefix().isEmpty()) {
            lines.add("prefix      " + secret.prefix());
        }
        if (secret.isInNames()) {
            lines.add("in names    may stand between underscores");
        }
        if (!secret.tail().isEmpty()) {
            lines.add("tail        " + secret.tail());
        }
        if (secret.entropyBits() > 0) {
            lines.add("entropy     at least " + secret.entropyBits() + " bits a byte");
        }
        secret.unless().forEach(text -> lines.add("unless      " + text));
        if (!secret.holds().isEmpty()) {
            lines.add("holds       " + String.join(", ", sorted(secret.holds())));
        }
        secret.checksum().ifPresent(checksum -> lines.add("checksum    " + name(checksum)));
        for (HomeHosts home : secret.homes()) {
            String after = " after " + home.prefix();
            home.hosts().forEach(host -> lines.add("home host   " + host + after));
        }
        String otherwise = secret.homes().isEmpty() ? "" : " otherwise";
        secret.homeHosts().forEach(host -> lines.add("home host   " + host + otherwise));
        secret.tenantHosts().forEach(host -> lines.add("tenant host " + host));
        secret.examples().forEach(text -> lines.add("example     " + text));
    }

    /** The rule as a rule file writes it. */
    static void write(Rule rule, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", rule.id());
        json.writeStringField("type", rule.type().name());
        json.writeStringField("title", rule.title());
        json.writeStringField("severity", name(rule.severity()));
        json.writeStringField("regex", rule.regex());
        json.writeBooleanField("case_insensitive", rule.isCaseInsensitive());
        write("directions", sorted(rule.directions()), json);
        json.writeBooleanField("secret", rule.isSecret());
        if (rule.secret().isPresent()) {
            write(rule.secret().get(), json);
        }
        if (!rule.allow().isEmpty()) {
            write("allow", rule.allow(), json);
        }
        if (!rule.lesser().isEmpty()) {
            write("lesser", rule.lesser(), json);
        }
        write("hit", rule.hit(), json);
        write("miss", rule.miss(), json);
        json.writeEndObject();
    }

    private static void write(SecretRule secret, JsonGenerator json) throws IOException {
        if (!secret.prefix().isEmpty()) {
            json.writeStringField("prefix", secret.prefix());
        }
        if (!secret.tail().isEmpty()) {
            json.writeStringField("tail", secret.tail());
        }
        if (secret.entropyBits() > 0) {
            json.writeNumberField("entropy", secret.entropyBits());
        }
        if (!secret.unless().isEmpty()) {
            write("unless", secret.unless(), json);
        }
        if (!secret.holds().isEmpty()) {
            write("holds", sorted(secret.holds()), json);
        }
        if (secret.checksum().isPresent()) {
            json.writeStringField("checksum", name(secret.checksum().get()));
        }
        if (!secret.examples().isEmpty()) {
            write("examples", secret.examples(), json);
        }
        if (!secret.homeHosts().isEmpty()) {
            write("home_hosts", secret.homeHosts(), json);
        }
        if (!secret.homes().isEmpty()) {
            json.writeArrayFieldStart("homes");
            for (HomeHosts home : secret.homes()) {
                json.writeStartObject();
                json.writeStringField("prefix", home.prefix());
                write("hosts", home.hosts(), json);
                json.writeEndObject();
            }
            json.writeEndArray();
        }
        if (!secret.tenantHosts().isEmpty()) {
            write("tenant_hosts", secret.tenantHosts(), json);
        }
        if (secret.isInNames()) {
            json.writeBooleanField("in_names", true);
        }
        if (secret.isGeneric()) {
            json.writeBooleanField("generic", true);
        }
    }

    private static void write(String key, List<String> texts, JsonGenerator json)
            throws IOException {
        json.writeArrayFieldStart(key);
        for (String text : texts) {
            json.writeString(text);
        }
        json.writeEndArray();
    }

    private static <E extends Enum<E>> List<String> sorted(Set<E> constants) {
        return constants.stream().sorted(Comparator.naturalOrder()).map(RuleView::name).toList();
    }

    private static String name(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static String shown(String text) {
        return text.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r");
    }
}
