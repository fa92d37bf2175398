package clawsec.detect;

import java.util.List;
import java.util.Map;

/** A value of a JSON text and where it stands, for messages. */
sealed interface JsonValue {
    Place place();

    /** Both from 1; the column counts bytes. */
    record Place(int line, int column) {
        @Override
        public String toString() {
            return "line " + line + " column " + column;
        }
    }

    record Text(Place place, String value) implements JsonValue {}

    record Flag(Place place, boolean value) implements JsonValue {}

    record Array(Place place, List<JsonValue> values) implements JsonValue {}

    /** Members in the order of the text. */
    record Members(Place place, Map<String, JsonValue> values) implements JsonValue {}

    record Figure(Place place, double value) implements JsonValue {}

    /** What no rule file has. */
    record Null(Place place) implements JsonValue {}
}
