package clawsec.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrintableTextTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            textBlock =
                    """
                    ascii,                  61207e,          'a ~'
                    letters,                c3a4e4bda0,      'ä你'
                    beyond the basic plane, f09f9880,        '😀'
                    line ends and tabs,     610d0a0962,      'a   b'
                    escape and delete,      1b5b33316d7f,    '.[31m.'
                    c1 control,             c29b,            '.'
                    no-break space,         c2a0,            ' '
                    line separator,         e280a8,          ' '
                    zero width,             61e2808b62,      'a.b'
                    right to left override, e280ae,          '.'
                    tag character,          f3a08181,        '.'
                    private use,            ee8080,          '.'
                    byte order mark,        efbbbf,          '.'
                    cut sequence,           61e4bd,          'a..'
                    stray continuation,     80,              '.'
                    overlong slash,         c0af,            '..'
                    surrogate,              eda080,          '...'
                    past the last,          f4908080,        '....'
                    invalid lead,           f8ff,            '..'
                    """)
    void append_bytes_showsWhatCanBeShown(String name, String hex, String shown) {
        assertEquals(shown, printable(HexFormat.of().parseHex(hex)));
    }

    @Property(tries = 500)
    void append_anyText_keepsWhatIsValidAndPrintable(@ForAll String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        String expected = new String(bytes, StandardCharsets.UTF_8);
        String shown = printable(bytes);
        assertEquals(
                expected.codePointCount(0, expected.length()),
                shown.codePointCount(0, shown.length()));
    }

    @Property(tries = 500)
    void append_anyBytes_givesNoControl(@ForAll byte[] bytes) {
        String shown = printable(bytes);
        Assertions.assertTrue(
                shown.codePoints()
                        .noneMatch(c ->
                                Character.isISOControl(c)
                                        || Character.getType(c) == Character.FORMAT
                                        || Character.getType(c) == Character.SURROGATE));
    }

    private static String printable(byte[] bytes) {
        StringBuilder out = new StringBuilder();
        PrintableText.append(out, bytes, 0, bytes.length);
        return out.toString();
    }
}
