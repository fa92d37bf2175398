package clawsec.ctl.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The start of a stretch of time, as an option gives it. */
public sealed interface Since {
    /** A fixed start. */
    record At(Instant instant) implements Since {}

    /** A start some time before now. */
    record Ago(Duration duration) implements Since {}

    /** What is allowed, for messages. */
    String ALLOWED =
            "an instant such as 2026-02-19T13:41:59Z, a date such as 2026-02-19, or how long ago,"
                    + " such as 90s, 30m, 2h or 7d";

    /** A count and a unit; six digits of days stay within what {@link Instant} can hold. */
    Pattern AGO = Pattern.compile("([0-9]{1,6})([smhd])");

    /** Reads an ISO 8601 instant with offset, a date (its start in UTC), or a duration. */
    static Optional<Since> parse(String text) {
        Matcher ago = AGO.matcher(text);
        if (ago.matches()) {
            long count = Long.parseLong(ago.group(1));
            return Optional.of(
                    new Ago(
                            switch (ago.group(2)) {
                                case "s" -> Duration.ofSeconds(count);
                                case "m" -> Duration.ofMinutes(count);
                                case "h" -> Duration.ofHours(count);
                                default -> Duration.ofDays(count);
                            }));
        }
        try {
            return Optional.of(
                    new At(
                            text.indexOf('T') > 0
                                    ? OffsetDateTime.parse(text).toInstant()
                                    : LocalDate.parse(text)
                                            .atStartOfDay(ZoneOffset.UTC)
                                            .toInstant()));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /** The start, seen from {@code now}. */
    default Instant from(Instant now) {
        return switch (this) {
            case At at -> at.instant();
            case Ago ago -> now.minus(ago.duration());
        };
    }
}
