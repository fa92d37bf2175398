package clawsec.ctl.daemon;

import clawsec.detect.Rule;
import clawsec.detect.RuleSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What became of the rules when they were read again, by id.
 *
 * @param count of the rules now
 */
public record RuleChange(
        int count, List<String> added, List<String> removed, List<String> changed) {
    public RuleChange {
        added = List.copyOf(added);
        removed = List.copyOf(removed);
        changed = List.copyOf(changed);
    }

    static RuleChange of(RuleSet before, RuleSet after) {
        Map<String, Rule> old = byId(before);
        Map<String, Rule> now = byId(after);
        return new RuleChange(
                now.size(),
                now.keySet().stream().filter(id -> !old.containsKey(id)).toList(),
                old.keySet().stream().filter(id -> !now.containsKey(id)).toList(),
                now.entrySet().stream()
                        .filter(each -> old.containsKey(each.getKey()))
                        .filter(each -> !each.getValue().equals(old.get(each.getKey())))
                        .map(Map.Entry::getKey)
                        .toList());
    }

    /** A line for the log: {@code 14 rules; added a, b; removed c}. */
    public String words() {
        StringBuilder words = new StringBuilder(count + " rules");
        append(words, "added", added);
        append(words, "removed", removed);
        append(words, "changed", changed);
        return added.isEmpty() && removed.isEmpty() && changed.isEmpty()
                ? words.append(", as before").toString()
                : words.toString();
    }

    private static void append(StringBuilder words, String what, List<String> ids) {
        if (!ids.isEmpty()) {
            words.append("; ").append(what).append(' ').append(String.join(", ", ids));
        }
    }

    private static Map<String, Rule> byId(RuleSet rules) {
        Map<String, Rule> byId = new LinkedHashMap<>();
        rules.rules().forEach(rule -> byId.put(rule.id(), rule));
        return byId;
    }
}
