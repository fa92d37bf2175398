package clawsec.http.zstd;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class WindowTest {
    private static final WindowMemory PLENTY = new WindowMemory(1L << 30);

    /** Beside a string that keeps all there ever was. */
    @Property(tries = 500)
    void copyMatch_anywhere_isWhatStoodThere(
            @ForAll @IntRange(min = 8, max = 40) int windowBytes,
            @ForAll @Size(min = 1, max = 60) List<@IntRange(max = 9999) Integer> steps) {
        Window window = new Window(windowBytes, PLENTY);
        StringBuilder all = new StringBuilder();
        int blockStart = 0;
        for (int step : steps) {
            int room = windowBytes - (all.length() - blockStart);
            int count = Math.min(room, 1 + step % 20);
            if (step % 5 == 0 || count == 0) {
                assertEquals(all.substring(blockStart), text(window));
                assertTrue(window.remember());
                blockStart = all.length();
            } else if (step % 5 == 1 || all.isEmpty()) {
                byte[] literals = "abcdefghijklmnopqrstuvwxyz".getBytes(ISO_8859_1);
                assertTrue(window.append(literals, step % 6, count));
                all.append("abcdefghijklmnopqrstuvwxyz", step % 6, step % 6 + count);
            } else {
                int block = all.length() - blockStart;
                int held = block + Math.min(blockStart, windowBytes);
                int offset = 1 + step / 5 % held;
                assertTrue(window.copyMatch(offset, count));
                for (int i = 0; i < count; i++) {
                    all.append(all.charAt(all.length() - offset));
                }
            }
        }
        assertEquals(all.substring(blockStart), text(window));
    }

    @Test
    void copyMatch_fromNowhere_isRefused() {
        Window window = new Window(16, PLENTY);
        assertTrue(window.append(new byte[] {1, 2, 3}, 0, 3));
        assertFalse(window.copyMatch(0, 1));
        assertFalse(window.copyMatch(-1, 1));
        assertFalse(window.copyMatch(4, 1));
        assertTrue(window.copyMatch(3, 1));
    }

    @Test
    void block_atTheLimitAndBeyond() {
        Window window = new Window(16, PLENTY);
        assertTrue(window.append(new byte[16], 0, 16));
        assertFalse(window.append(new byte[1], 0, 1));
        assertFalse(window.copyMatch(1, 1));
        assertEquals(Window.BLOCK_BYTES, new Window(1 << 20, PLENTY).blockBytes());
    }

    @Test
    void ring_growsWithWhatIsDecoded_notWithWhatIsClaimed() {
        WindowMemory memory = new WindowMemory(1L << 30);
        Window window = new Window(8 << 20, memory);
        assertTrue(window.remember(ByteBuffer.allocate(1000)));
        assertEquals(1000, memory.heldBytes());
        for (int i = 0; i < 100; i++) {
            assertTrue(window.remember(ByteBuffer.allocate(Window.BLOCK_BYTES)));
        }
        assertEquals(8 << 20, memory.heldBytes());
        window.close();
        window.close();
        assertEquals(0, memory.heldBytes());
    }

    private static String text(Window window) {
        return ISO_8859_1.decode(window.block()).toString();
    }
}
