package clawsec.proxy.net;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class HeldBytesTest {
    @Test
    void clearEnd_holdsItsThreadAndItsBuffers() {
        assertEquals(HeldBytes.CLEAR + 5, HeldBytes.ofWire(false, true, 99, 5));
    }

    @Test
    void secureEnd_holdsWhatJsseKeepsBesides() {
        int held = HeldBytes.CLEAR + HeldBytes.SECURE;
        assertEquals(held, HeldBytes.ofWire(true, false, 0, 0));
        assertEquals(held + HeldBytes.LARGE_RECORDS + 5, HeldBytes.ofWire(true, true, 0, 5));
    }

    @Test
    void outputBuffer_isAsLargeAsTheLargestRecord() {
        int held = HeldBytes.CLEAR + HeldBytes.SECURE;
        int largest = HeldBytes.LARGEST_RECORD;
        assertEquals(held + largest - 1, HeldBytes.ofWire(true, false, largest - 1, 0));
        assertEquals(held + largest, HeldBytes.ofWire(true, false, largest + 1, 0));
    }
}
