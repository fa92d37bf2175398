package clawsec.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FieldsTest {
    private static final Fields FIELDS =
            Fields.of(
                    new FieldLine("Vary", "a, \"b,\\\"c\" ,, d"),
                    new FieldLine("Host", "x"),
                    new FieldLine("VARY", "\te \u000b"));

    @Test
    void lookup_comparesNamesWithoutCase() {
        assertEquals(Optional.of("x"), FIELDS.first("host"));
        assertEquals(Optional.empty(), FIELDS.first("hosts"));
        assertTrue(FIELDS.contains("vary"));
        assertFalse(FIELDS.contains("var"));
        assertEquals(2, FIELDS.all("vary").size());
    }

    @Test
    void rfc9110_5_6_1_members_areSplitOutsideQuotesOverAllLines() {
        assertEquals(List.of("a", "\"b,\\\"c\"", "d", "e \u000b"), FIELDS.members("Vary"));
        assertEquals(List.of(), FIELDS.members("Accept"));
        assertEquals(
                List.of("\"open, never closed"),
                Fields.of(new FieldLine("a", "\"open, never closed")).members("a"));
        assertEquals(List.of("\"x\\"), Fields.of(new FieldLine("a", "\"x\\")).members("a"));
    }

    @Test
    void without_dropsLines() {
        assertEquals(
                Fields.of(new FieldLine("Host", "x")),
                FIELDS.without(line -> line.isNamed("vary")));
    }

    @Test
    void with_appends() {
        assertEquals(new FieldLine("a", "b"), FIELDS.with("a", "b").lines().getLast());
    }

    @Test
    void withOnly_takesTheFirstPlaceAndSpelling() {
        assertEquals(
                Fields.of(new FieldLine("Vary", "z"), new FieldLine("Host", "x")),
                FIELDS.withOnly("vary", "z"));
        assertEquals(Fields.of(new FieldLine("a", "b")), Fields.EMPTY.withOnly("a", "b"));
    }

    @Test
    void lines_areACopyAndUnmodifiable() {
        List<FieldLine> lines = new ArrayList<>(List.of(new FieldLine("a", "b")));
        Fields fields = new Fields(lines);
        lines.clear();
        assertEquals(1, fields.lines().size());
        assertThrows(UnsupportedOperationException.class, () -> fields.lines().clear());
    }

    @Test
    void lowerName_isInLowerCase() {
        assertEquals("content-type", new FieldLine("Content-Type", "").lowerName());
    }
}
