package clawsec.detect.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class StartsTest {
    private final Starts starts = new Starts();

    @Test
    void add_upToTheMost_keepsAllInOrder() {
        for (int i = 0; i < Starts.MOST; i++) {
            starts.add(i);
        }
        assertFalse(starts.isCrowded());
        for (int i = 0; i < Starts.MOST; i++) {
            assertEquals(i, starts.take());
        }
        assertTrue(starts.isEmpty());
    }

    @Test
    void add_oneMore_isNotKeptAndNeitherIsWhatComesAfter() {
        for (int i = 0; i <= Starts.MOST; i++) {
            starts.add(i);
        }
        starts.dropBefore(Starts.MOST);
        starts.add(Starts.MOST + 1);
        assertEquals(0, starts.count());
        assertTrue(starts.isCrowded());
        assertFalse(starts.isEmpty());
    }

    @Test
    void dropBefore_aPlace_keepsThatAndLaterOnes() {
        starts.add(3);
        starts.add(5);
        starts.add(9);
        starts.dropBefore(5);
        assertEquals(2, starts.count());
        assertEquals(5, starts.get(0));
    }
}
