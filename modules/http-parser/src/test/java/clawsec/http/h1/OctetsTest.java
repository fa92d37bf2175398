package clawsec.http.h1;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class OctetsTest {
    /** Each byte at each place of a word, among bytes that borrow and bytes that do not. */
    @Test
    void searches_everyByteEverywhere_findTheFirst() {
        for (int background : new int[] {' ', 'a', 0x7e, 0x80, 0xa0, 0xff}) {
            for (int octet = 0; octet < 256; octet++) {
                for (int at = 0; at < 20; at++) {
                    byte[] bytes = new byte[20];
                    Arrays.fill(bytes, (byte) background);
                    bytes[at] = (byte) octet;
                    compare(bytes, 0, bytes.length);
                }
            }
        }
    }

    @Property(tries = 1000)
    void searches_anyBytes_agreeWithASimpleLoop(
            @ForAll @Size(max = 40) byte[] bytes, @ForAll @IntRange(max = 40) int start) {
        compare(bytes, Math.min(start, bytes.length), bytes.length);
    }

    @Test
    void isToken_isAsRfc9110Section5_6_2() {
        String others = "!#$%&'*+-.^_`|~";
        for (int c = 0; c < 256; c++) {
            boolean isAlphanumeric = c < 128 && Character.isLetterOrDigit(c);
            assertEquals(isAlphanumeric || others.indexOf(c) >= 0, Octets.isToken((byte) c));
        }
    }

    private static void compare(byte[] bytes, int from, int to) {
        int control = from;
        while (control < to && bytes[control] != 0x7f && (bytes[control] & 0xff) >= ' ') {
            control++;
        }
        assertEquals(control, Octets.indexOfControl(bytes, from, to));
        int lineFeed = from;
        while (lineFeed < to && bytes[lineFeed] != '\n') {
            lineFeed++;
        }
        assertEquals(lineFeed, Octets.indexOfLineFeed(bytes, from, to));
    }
}
