package clawsec.bench;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a command left behind.
 *
 * @param status its exit status
 * @param text both its outputs, mixed
 */
record Output(int status, String text) {
    /** The first group of the first match. */
    Optional<String> find(Pattern pattern) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    /** The sum of the first groups of all matches, which are numbers. */
    long sum(Pattern pattern) {
        return pattern.matcher(text)
                .results()
                .mapToLong(result -> Long.parseLong(result.group(1)))
                .sum();
    }

    String firstLine() {
        return text.lines().filter(line -> !line.isBlank()).findFirst().orElse("").strip();
    }
}
