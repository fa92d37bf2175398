package clawsec.http.content.brotli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LengthCodesTest {
    /** A cell of the table each, its first and last code. */
    @ParameterizedTest
    @CsvSource({
        "0, 0, 0, 2, 0",
        "127, 8, 1, 54, 4",
        "128, 0, 0, 2, 0",
        "191, 8, 1, 9, 0",
        "192, 0, 0, 10, 1",
        "255, 8, 1, 54, 4",
        "256, 10, 2, 2, 0",
        "319, 98, 5, 9, 0",
        "320, 10, 2, 10, 1",
        "383, 98, 5, 54, 4",
        "384, 0, 0, 70, 5",
        "447, 8, 1, 2118, 24",
        "448, 130, 6, 2, 0",
        "511, 22594, 24, 9, 0",
        "512, 10, 2, 70, 5",
        "575, 98, 5, 2118, 24",
        "576, 130, 6, 10, 1",
        "639, 22594, 24, 54, 4",
        "640, 130, 6, 70, 5",
        "703, 22594, 24, 2118, 24",
    })
    void rfc7932_5_command_isInsertAndCopy(
            int symbol, int insert, int insertBits, int copy, int copyBits) {
        long command = LengthCodes.command(symbol);
        assertEquals(insert, LengthCodes.insertStart(command));
        assertEquals(insertBits, LengthCodes.insertBits(command));
        assertEquals(copy, LengthCodes.copyStart(command));
        assertEquals(copyBits, LengthCodes.copyBits(command));
    }

    @ParameterizedTest
    @CsvSource({"0, 1, 2", "8, 49, 4", "18, 369, 7", "25, 16625, 24"})
    void rfc7932_6_count_isARange(int symbol, int start, int bits) {
        assertEquals(start, LengthCodes.countStart(symbol));
        assertEquals(bits, LengthCodes.countBits(symbol));
    }
}
