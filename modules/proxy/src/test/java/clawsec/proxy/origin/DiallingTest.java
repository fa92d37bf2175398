package clawsec.proxy.origin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import clawsec.http.Authority;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Who connects to an origin, and who waits for that. */
class DiallingTest {
    private static final Origin ONE = Origin.clear(new Authority("one.example", 80));
    private static final Origin OTHER = Origin.clear(new Authority("other.example", 80));

    private final Dialling dialling = new Dialling();

    @Test
    void turn_isTheFirst_whereNobodyElseConnects() throws Exception {
        try (Dialling.Turn first = dialling.await(ONE);
                Dialling.Turn elsewhere = dialling.await(OTHER)) {
            assertTrue(first.isFirst());
            assertTrue(elsewhere.isFirst());
        }
        try (Dialling.Turn again = dialling.await(ONE)) {
            assertTrue(again.isFirst());
        }
    }

    @Test
    void thoseWhoComeAtOnce_haveTheirTurnsOneByOne() throws Exception {
        AtomicInteger inTurn = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        AtomicInteger firsts = new AtomicInteger();
        CountDownLatch begun = new CountDownLatch(20);
        List<FutureTask<Boolean>> all = new ArrayList<>();
        try (Dialling.Turn held = dialling.await(ONE)) {
            assertTrue(held.isFirst());
            for (int i = 0; i < 20; i++) {
                all.add(
                        start(() -> {
                            begun.countDown();
                            try (Dialling.Turn turn = dialling.await(ONE)) {
                                most.accumulateAndGet(inTurn.incrementAndGet(), Math::max);
                                firsts.addAndGet(turn.isFirst() ? 1 : 0);
                                inTurn.decrementAndGet();
                                return true;
                            }
                        }));
            }
            assertTrue(begun.await(60, TimeUnit.SECONDS));
            assertEquals(0, most.get());
        }
        for (FutureTask<Boolean> each : all) {
            assertTrue(each.get(60, TimeUnit.SECONDS));
        }
        assertEquals(1, most.get());
        assertTrue(firsts.get() < 20, "most of them waited for another");
    }

    @Test
    void whoWaits_canBeInterrupted_andTheOthersGoOn() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        try (Dialling.Turn held = dialling.await(ONE)) {
            assertTrue(held.isFirst());
            FutureTask<Boolean> waiting =
                    new FutureTask<>(() -> {
                        begun.countDown();
                        assertThrows(InterruptedException.class, () -> dialling.await(ONE));
                        return true;
                    });
            Thread thread = Thread.ofVirtual().start(waiting);
            assertTrue(begun.await(60, TimeUnit.SECONDS));
            thread.interrupt();
            assertTrue(waiting.get(60, TimeUnit.SECONDS));
        }
        FutureTask<Boolean> next =
                start(() -> {
                    try (Dialling.Turn turn = dialling.await(ONE)) {
                        return turn.isFirst();
                    }
                });
        assertTrue(next.get(60, TimeUnit.SECONDS));
        assertFalse(next.isCancelled());
    }

    private static FutureTask<Boolean> start(Callable<Boolean> body) {
        FutureTask<Boolean> task = new FutureTask<>(body);
        Thread.ofVirtual().start(task);
        return task;
    }
}
