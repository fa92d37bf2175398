package clawsec.image;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Lines of {@code threats.jsonl} as any reader would see them. */
final class ThreatLine {
    private static final JsonFactory JSON = new JsonFactory();

    private ThreatLine() {}

    /** Every line of the file; one that is not whole fails the test. */
    static List<Map<String, String>> readAll(Path logFolder) throws IOException {
        List<Map<String, String>> all = new ArrayList<>();
        for (String line : Files.readAllLines(logFolder.resolve("threats.jsonl"))) {
            all.add(parse(line));
        }
        return all;
    }

    /** The members of a JSON object in order; what is not a string is kept as its JSON text. */
    static Map<String, String> parse(String line) throws IOException {
        Map<String, String> members = new LinkedHashMap<>();
        try (JsonParser json = JSON.createParser(line)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("not an object: " + line);
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                long start = json.nextToken().isStructStart() ? offset(json) : -1;
                json.skipChildren();
                members.put(name, start < 0 ? json.getText() : text(line, start, json));
            }
            if (json.currentToken() != JsonToken.END_OBJECT || json.nextToken() != null) {
                throw new IOException("not one whole object: " + line);
            }
        }
        return members;
    }

    private static long offset(JsonParser json) {
        return json.currentTokenLocation().getCharOffset();
    }

    private static String text(String line, long start, JsonParser json) {
        return line.substring((int) start, (int) offset(json) + 1);
    }
}
