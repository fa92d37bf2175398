package clawsec.log;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.MissingResourceException;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;

/** One named logger. Immutable; it never throws, whatever the message or its parameters do. */
final class MonitorLogger implements System.Logger {
    private final String name;
    private final String shortName;
    private final Level least;

    /**
     * @param least the level below which it stays silent, whatever the log's own level
     */
    MonitorLogger(String name, String shortName, Level least) {
        this.name = name;
        this.shortName = shortName;
        this.least = least;
    }

    @Override
    public String getName() {
        return name;
    }

    @Override
    public boolean isLoggable(Level level) {
        MonitorLog log = MonitorLog.current();
        Level threshold = log == null ? Level.WARNING : log.level();
        return level != Level.OFF
                && level.getSeverity() >= least.getSeverity()
                && level.getSeverity() >= threshold.getSeverity();
    }

    @Override
    public void log(
            Level level,
            @Nullable ResourceBundle bundle,
            @Nullable String message,
            @Nullable Throwable thrown) {
        if (isLoggable(level)) {
            write(new LogMessage(shortName, level, localized(bundle, message), thrown));
        }
    }

    @Override
    public void log(
            Level level,
            @Nullable ResourceBundle bundle,
            @Nullable String format,
            @Nullable Object @Nullable ... parameters) {
        if (isLoggable(level)) {
            String text = formatted(localized(bundle, format), parameters);
            write(new LogMessage(shortName, level, text, null));
        }
    }

    private static void write(LogMessage message) {
        try {
            MonitorLog log = MonitorLog.current();
            if (log == null) {
                System.err.print(message.line());
            } else {
                log.write(message);
            }
        } catch (RuntimeException fromThrowable) {
            // Only the thrown object's own methods can get here.
            write(new LogMessage(message.logger(), message.level(), message.text(), null));
        }
    }

    private static String localized(@Nullable ResourceBundle bundle, @Nullable String message) {
        if (bundle == null || message == null) {
            return String.valueOf(message);
        }
        try {
            return bundle.getString(message);
        } catch (MissingResourceException | ClassCastException missing) {
            return message;
        }
    }

    private static String formatted(String format, @Nullable Object @Nullable [] parameters) {
        if (parameters == null || parameters.length == 0) {
            return format;
        }
        try {
            return new MessageFormat(format, Locale.ROOT).format(plain(format, parameters));
        } catch (RuntimeException fromParameter) {
            // A malformed format, or a parameter whose toString fails: the message still counts.
            return format + " (parameters cannot be shown)";
        }
    }

    /**
     * Numbers as they are: a port is 8888, not 8,888, unless the format asks for a number's form.
     */
    private static @Nullable Object[] plain(String format, @Nullable Object[] parameters) {
        @Nullable Object[] plain = parameters.clone();
        for (int i = 0; i < plain.length; i++) {
            if (plain[i] instanceof Number number && !format.contains("{" + i + ",")) {
                plain[i] = number.toString();
            }
        }
        return plain;
    }
}
