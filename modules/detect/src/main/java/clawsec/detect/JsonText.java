package clawsec.detect;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads a JSON text (RFC 8259) whole; a key that stands twice in an object is refused. */
final class JsonText {
    private static final int MAX_DEPTH = 20;

    private static final JsonFactory JSON =
            JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(
                            StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
                    .build();

    private JsonText() {}

    /**
     * @param sourceName what the message of an exception begins with
     * @param passedOver keys that are left out with their values
     */
    static JsonValue parse(byte[] text, String sourceName, Set<String> passedOver)
            throws RuleException {
        try (JsonParser parser = JSON.createParser(text)) {
            return parse(parser, sourceName, passedOver);
        } catch (IOException e) {
            throw new RuleException(sourceName + ": not valid JSON: " + e.getMessage());
        }
    }

    private static JsonValue parse(JsonParser parser, String sourceName, Set<String> passedOver)
            throws IOException, RuleException {
        try {
            if (parser.nextToken() == null) {
                throw new RuleException(sourceName + ": is empty");
            }
            JsonValue value = value(parser, passedOver);
            if (parser.nextToken() != null) {
                throw new RuleException(
                        sourceName + " " + place(parser) + ": something follows the object");
            }
            return value;
        } catch (JsonProcessingException e) {
            // A limit that was reached is told without a place.
            JsonLocation told = e.getLocation();
            throw new RuleException(
                    sourceName
                            + " "
                            + place(told == null ? parser.currentLocation() : told)
                            + ": not valid JSON: "
                            + withoutSource(e.getOriginalMessage()));
        }
    }

    /** Jackson names its source where it tells of an opening bracket; it is nothing to a reader. */
    private static String withoutSource(String message) {
        int source = message.indexOf(" (start marker at ");
        return source < 0 ? message : message.substring(0, source);
    }

    private static JsonValue value(JsonParser parser, Set<String> passedOver) throws IOException {
        JsonValue.Place place = place(parser);
        return switch (parser.currentToken()) {
            case START_OBJECT -> new JsonValue.Members(place, members(parser, passedOver));
            case START_ARRAY -> new JsonValue.Array(place, values(parser, passedOver));
            case VALUE_STRING -> new JsonValue.Text(place, parser.getText());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT ->
                    new JsonValue.Figure(place, parser.getDoubleValue());
            case VALUE_TRUE -> new JsonValue.Flag(place, true);
            case VALUE_FALSE -> new JsonValue.Flag(place, false);
            case VALUE_NULL -> new JsonValue.Null(place);
            case END_OBJECT, END_ARRAY, FIELD_NAME, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE ->
                    throw new IllegalStateException("no value: " + parser.currentToken());
        };
    }

    private static Map<String, JsonValue> members(JsonParser parser, Set<String> passedOver)
            throws IOException {
        Map<String, JsonValue> members = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            parser.nextToken();
            if (passedOver.contains(key)) {
                parser.skipChildren();
            } else {
                members.put(key, value(parser, passedOver));
            }
        }
        return members;
    }

    private static List<JsonValue> values(JsonParser parser, Set<String> passedOver)
            throws IOException {
        List<JsonValue> values = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            values.add(value(parser, passedOver));
        }
        return values;
    }

    private static JsonValue.Place place(JsonParser parser) {
        return place(parser.currentTokenLocation());
    }

    private static JsonValue.Place place(JsonLocation location) {
        return new JsonValue.Place(location.getLineNr(), location.getColumnNr());
    }
}
