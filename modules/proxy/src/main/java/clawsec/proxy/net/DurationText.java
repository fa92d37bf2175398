package clawsec.proxy.net;

import java.math.BigDecimal;
import java.time.Duration;

/** Durations in words, as they are configured: {@code 15 s}, {@code 0.5 s}. */
public final class DurationText {
    private DurationText() {}

    public static String of(Duration duration) {
        return BigDecimal.valueOf(duration.toMillis(), 3).stripTrailingZeros().toPlainString()
                + " s";
    }
}
