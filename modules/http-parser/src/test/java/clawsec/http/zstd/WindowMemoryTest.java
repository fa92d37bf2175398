package clawsec.http.zstd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class WindowMemoryTest {
    @Test
    void take_atTheLimitAndBeyond() {
        WindowMemory memory = new WindowMemory(100);
        assertTrue(memory.take(60));
        assertTrue(memory.take(40));
        assertFalse(memory.take(1));
        memory.release(1);
        assertTrue(memory.take(1));
        assertEquals(100, memory.heldBytes());
    }

    @Test
    void windows_shareIt() {
        WindowMemory memory = new WindowMemory(100);
        Window one = new Window(80, memory);
        Window other = new Window(80, memory);
        assertTrue(one.remember(ByteBuffer.allocate(80)));
        assertTrue(other.remember(ByteBuffer.allocate(20)));
        assertFalse(other.remember(ByteBuffer.allocate(1)));
        one.close();
        assertTrue(other.remember(ByteBuffer.allocate(60)));
    }

    @Test
    void shared_holdsThreeOfTheLargestAtLeast() {
        assertTrue(WindowMemory.SHARED.take(24 << 20));
        WindowMemory.SHARED.release(24 << 20);
    }
}
