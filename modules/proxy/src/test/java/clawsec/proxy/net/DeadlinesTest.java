package clawsec.proxy.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import clawsec.testkit.LoggedLines;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class DeadlinesTest {
    @Test
    void lookThatFails_isLogged_andTheNextFollows() throws Exception {
        CountDownLatch looks = new CountDownLatch(3);
        try (LoggedLines log = LoggedLines.of("clawsec.proxy");
                Deadlines deadlines = Deadlines.open()) {
            deadlines.onLook(heldBytes -> {
                looks.countDown();
                if (looks.getCount() == 2) {
                    throw new IllegalStateException("made up");
                }
                if (looks.getCount() == 1) {
                    throw new OutOfMemoryError("made up");
                }
            });
            assertTrue(looks.await(20, TimeUnit.SECONDS));
            assertEquals(2, log.with("met a bug and goes on").size());
        }
    }
}
