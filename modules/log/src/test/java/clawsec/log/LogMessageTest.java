package clawsec.log;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.System.Logger.Level;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LogMessageTest {
    private static final Pattern CAUSE = Pattern.compile("; caused by ");

    @Test
    void line_causesAtTheLimitAndOnePast_areNamedOrLeftOut() {
        assertEquals(LogMessage.CAUSES_LIMIT, named(LogMessage.CAUSES_LIMIT));
        assertEquals(LogMessage.CAUSES_LIMIT, named(LogMessage.CAUSES_LIMIT + 1));
    }

    @Test
    void line_withoutTime_isWhatStderrGets() {
        assertEquals("ERROR proxy text\n", message("text", null).line());
        assertEquals(
                "ERROR proxy text: java.lang.IllegalStateException: why\n",
                message("text", new IllegalStateException("why")).line());
    }

    private static int named(int causes) {
        Exception thrown = new IllegalStateException("0");
        for (int i = 1; i < causes; i++) {
            thrown = new IllegalStateException(String.valueOf(i), thrown);
        }
        return CAUSE.split(message("text", thrown).line(), -1).length;
    }

    private static LogMessage message(String text, @Nullable Throwable thrown) {
        return new LogMessage("proxy", Level.ERROR, text, thrown);
    }
}
