package clawsec.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MessageGrammarTest {
    private static final String TEXT =
            """
            config.other = ['x']
            config.grammar = { # rules
                '<start>': ['(<a><b>, opt(prob=0.9))'],
                '<a>': ['\\x41\\r\\n\\'' + 2*'<b>'],
                '<b>':
                   ['b' * 3, 'b' * 3],
            }
            config.min = 1
            """;

    @Test
    void next_undamaged_isADerivation() {
        MessageGrammar grammar = MessageGrammar.parse(TEXT);
        assertEquals("A\r\n'bbbbbbbbb", grammar.next(new Random(1), 0));
    }

    @Test
    void next_sameSeed_isTheSame() {
        MessageGrammar grammar = MessageGrammar.ofRequests();
        for (int seed = 0; seed < 100; seed++) {
            assertEquals(grammar.next(new Random(seed), 3), grammar.next(new Random(seed), 3));
        }
    }

    @Test
    void next_damaged_differs() {
        MessageGrammar grammar = MessageGrammar.parse(TEXT);
        Set<String> found = new HashSet<>();
        Random random = new Random(7);
        for (int i = 0; i < 1000; i++) {
            found.add(grammar.next(random, 2));
        }
        assertTrue(found.size() > 500, () -> found.size() + " different ones");
    }

    @Test
    void parse_textWithoutStart_isRefused() {
        assertThrows(IllegalArgumentException.class, () -> MessageGrammar.parse("{'<a>': ['b']}"));
    }
}
