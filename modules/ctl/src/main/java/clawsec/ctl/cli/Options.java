package clawsec.ctl.cli;

import clawsec.ctl.config.ConfigKey;
import clawsec.ctl.config.ConfigKeys;
import clawsec.ctl.config.ValueType;
import clawsec.ctl.config.ValueTypes;
import clawsec.detect.Direction;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Every option of every command. */
public final class Options {
    /** The most threats that can be asked for at once. */
    public static final int MAX_LIMIT = 1_000_000;

    public static final OptionSpec<String> CONFIG =
            option(
                    "config",
                    "FILE",
                    ValueTypes.TEXT.described("a path of a file"),
                    "read the configuration from FILE");
    public static final OptionSpec<Path> LOG_DIR =
            setting("log-dir", "DIR", "", ConfigKeys.LOG_DIR, "keep and look for records in DIR");
    public static final OptionSpec<Boolean> HELP = toggle("help", "show this help");
    public static final OptionSpec<Boolean> VERSION =
            toggle("version", "show version, commit and Java runtime");

    public static final OptionSpec<Boolean> NO_MITM =
            setting(
                    "no-mitm",
                    "",
                    "false",
                    ConfigKeys.ENABLE_MITM,
                    "tunnel HTTPS blindly instead of decrypting it");
    public static final OptionSpec<String> HOST =
            setting("host", "H", "", ConfigKeys.PROXY_HOST, "address to listen on");
    public static final OptionSpec<Integer> PORT =
            setting("port", "N", "", ConfigKeys.PROXY_PORT, "port to listen on");

    public static final OptionSpec<Boolean> JSON = toggle("json", "print JSON and nothing else");
    public static final OptionSpec<Integer> LIMIT =
            option("limit", "N", ValueTypes.whole(1, MAX_LIMIT), "show at most N (10 by default)");
    public static final OptionSpec<Boolean> FOLLOW =
            toggle("follow", "go on with new ones as they come, oldest first, until Ctrl-C");
    public static final OptionSpec<String> PATTERN =
            option("pattern", "P", ValueTypes.TEXT, "only those that pattern P found");
    public static final OptionSpec<Direction> DIRECTION =
            option(
                    "direction",
                    "D",
                    ValueTypes.oneOf(
                            Direction.class,
                            direction -> direction.name().toLowerCase(Locale.ROOT)),
                    "only those that went outbound or inbound");
    public static final OptionSpec<Since> SINCE =
            option(
                    "since",
                    "T",
                    ValueTypes.text(Since.ALLOWED, Since::parse),
                    "only those from T on: an instant, a date in UTC, or how long ago");
    public static final OptionSpec<CertificateFormat> FORMAT =
            option(
                    "format",
                    "F",
                    ValueTypes.oneOf(
                            CertificateFormat.class,
                            format -> format.name().toLowerCase(Locale.ROOT)),
                    "pem (by default) or der");

    /** What every command takes. */
    public static final List<OptionSpec<?>> COMMON = List.of(CONFIG, LOG_DIR, HELP);

    private Options() {}

    private static <T> OptionSpec<T> option(
            String name, String argument, ValueType<T> type, String help) {
        return new OptionSpec<>(name, argument, type, "", Optional.empty(), help);
    }

    private static OptionSpec<Boolean> toggle(String name, String help) {
        return new OptionSpec<>(name, "", ValueTypes.TRUTH, "true", Optional.empty(), help);
    }

    private static <T> OptionSpec<T> setting(
            String name, String argument, String implied, ConfigKey<T> key, String help) {
        return new OptionSpec<>(name, argument, key.type(), implied, Optional.of(key), help);
    }
}
