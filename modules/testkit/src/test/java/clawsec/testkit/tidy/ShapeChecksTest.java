package clawsec.testkit.tidy;

import static clawsec.testkit.tidy.Samples.MAIN;
import static clawsec.testkit.tidy.Samples.complaints;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class ShapeChecksTest {
    @Test
    void fileLength_atTheLimitAndOnePast() {
        String atLimit = "//\n".repeat(ShapeChecks.FILE_LINES);
        assertEquals(List.of(), complaints(ShapeChecks::fileLength, MAIN, atLimit));
        assertEquals(
                List.of("401: 401 lines, at most 400"),
                complaints(ShapeChecks::fileLength, MAIN, atLimit + "//\n"));
    }

    @Test
    void lineLength_atTheLimitAndOnePast() {
        String atLimit = "//" + "é".repeat(ShapeChecks.LINE_COLUMNS - 2);
        assertEquals(List.of(), complaints(ShapeChecks::lineLength, MAIN, atLimit));
        assertEquals(
                List.of("2: 111 columns, at most 110"),
                complaints(ShapeChecks::lineLength, MAIN, "\n" + atLimit + "é"));
        assertEquals(List.of(), complaints(ShapeChecks::lineLength, "README.md", atLimit + "é"));
    }

    @Test
    void lineLength_insideATextBlock_isTheTexts() {
        String long_ = "x".repeat(ShapeChecks.LINE_COLUMNS + 1);
        String block = "class Sample {\n  String text = \"\"\"\n" + long_ + "\n\"\"\";\n//" + long_;
        assertEquals(
                List.of("5: 113 columns, at most 110"),
                complaints(ShapeChecks::lineLength, MAIN, block + "\n}"));
    }

    @Test
    void methodLength_atTheLimitAndOnePast() {
        assertEquals(List.of(), complaints(ShapeChecks::methodLength, MAIN, method(60)));
        assertEquals(
                List.of("3: method long_ has 61 lines, at most 60"),
                complaints(ShapeChecks::methodLength, MAIN, method(61)));
    }

    @Test
    void methodLength_initializer_countsToo() {
        String text = "class Sample {\n    static {\n" + "\n".repeat(60) + "    }\n}\n";
        assertEquals(
                List.of("2: initializer has 62 lines, at most 60"),
                complaints(ShapeChecks::methodLength, MAIN, text));
    }

    @Test
    void oneTopLevelType_second_isRefused() {
        String nested = "class Sample {\n record Inner() {}\n}\n";
        assertEquals(List.of(), complaints(ShapeChecks::oneTopLevelType, MAIN, nested));
        assertEquals(
                List.of("4: a second top-level type; give it a file of its own"),
                complaints(ShapeChecks::oneTopLevelType, MAIN, nested + "enum Other {}\n"));
    }

    private static String method(int lines) {
        return "class Sample {\n    /** Javadoc is not counted. */\n    void long_() {\n"
                + "\n".repeat(lines - 2)
                + "    }\n}\n";
    }
}
