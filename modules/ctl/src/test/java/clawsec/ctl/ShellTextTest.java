package clawsec.ctl;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShellTextTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    /tmp/clawsec/ca.crt|/tmp/clawsec/ca.crt
                    /tmp/with space|'/tmp/with space'
                    /tmp/$HOME|'/tmp/$HOME'
                    /tmp/it's|'/tmp/it'\\''s'
                    ~/x|'~/x'
                    ``|''
                    """)
    void quoted_anyText_isOneWordOfAShell(String text, String quoted) {
        assertEquals(quoted, ShellText.quoted(text));
    }
}
