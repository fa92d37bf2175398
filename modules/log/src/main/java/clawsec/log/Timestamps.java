package clawsec.log;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** The one form of time in both logs: ISO 8601, always six digits of a second, {@code +00:00}. */
final class Timestamps {
    private static final DateTimeFormatter MICROSECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSxxx").withZone(ZoneOffset.UTC);

    private Timestamps() {}

    static String format(Instant instant) {
        return MICROSECONDS.format(instant);
    }
}
