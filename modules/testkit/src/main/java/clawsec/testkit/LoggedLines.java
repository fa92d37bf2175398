package clawsec.testkit;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/**
 * What a logger says while this is open, instead of standard error: {@code LEVEL message}, in
 * order. Safe for many threads.
 */
public final class LoggedLines implements AutoCloseable {
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Logger logger;
    private final boolean reachedParents;
    private final Handler handler = new Collector();

    private final class Collector extends Handler {
        private final SimpleFormatter formatter = new SimpleFormatter();

        @Override
        public void publish(LogRecord record) {
            lines.add(record.getLevel() + " " + formatter.formatMessage(record));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    private LoggedLines(Logger logger) {
        this.logger = logger;
        this.reachedParents = logger.getUseParentHandlers();
    }

    /** Begins to collect what the logger of that name says. */
    public static LoggedLines of(String name) {
        LoggedLines collected = new LoggedLines(Logger.getLogger(name));
        collected.logger.setUseParentHandlers(false);
        collected.logger.addHandler(collected.handler);
        return collected;
    }

    /** The lines that hold {@code text}. */
    public List<String> with(String text) {
        return lines.stream().filter(line -> line.contains(text)).toList();
    }

    @Override
    public void close() {
        logger.removeHandler(handler);
        logger.setUseParentHandlers(reachedParents);
    }
}
