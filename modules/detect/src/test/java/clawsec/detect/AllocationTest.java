package clawsec.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import clawsec.detect.engine.MatchSink;
import clawsec.detect.engine.TextScan;
import clawsec.testkit.AllocatedBytes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Clean text costs no memory once a scan has its buffers. */
class AllocationTest {
    private static final int WARM_UPS = 20;
    private static final String TEXT =
            ("{\"role\":\"user\",\"content\":\"Please sort these notes by date, when you can.\"}, "
                            + "<p class=\"wide\">A page that says nothing of interest.</p>\n"
                            + "public int size() { return count; } // the number of them\n")
                    .repeat(200);

    @Test
    void search_ofCleanText_allocatesNothing() {
        ByteBuffer text = ByteBuffer.wrap(TEXT.getBytes(StandardCharsets.UTF_8));
        boolean[] isWanted = Scans.ALL.isWanted(Direction.INBOUND);
        TextScan scan = new TextScan(Scans.ALL.patterns(), isWanted, new Nobody());
        long allocated = 0;
        for (int i = 0; i < WARM_UPS; i++) {
            allocated =
                    AllocatedBytes.during(() -> {
                        scan.read(text.rewind());
                        scan.end();
                    });
        }
        assertEquals(0, allocated);
    }

    @Test
    void content_thatIsClean_takesNextToNothing() {
        ByteBuffer text = ByteBuffer.wrap(TEXT.getBytes(StandardCharsets.UTF_8));
        long allocated = 0;
        for (int i = 0; i < WARM_UPS; i++) {
            allocated =
                    AllocatedBytes.during(() -> {
                        try (MessageScan scan = Scans.ALL.open(Scans.subject(""), found -> {})) {
                            scan.content(text.rewind());
                            scan.end();
                        }
                    });
        }
        long most = TEXT.length() / 10;
        long bytes = allocated;
        assertTrue(bytes <= most, () -> bytes + " for " + TEXT.length());
    }

    private static final class Nobody implements MatchSink {
        @Override
        public boolean found(int pattern, long start, long end) {
            return false;
        }

        @Override
        public void ready(int pattern, long start, long end) {}

        @Override
        public void passed() {}
    }
}
