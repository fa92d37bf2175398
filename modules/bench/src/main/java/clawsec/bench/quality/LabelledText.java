package clawsec.bench.quality;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A text of which people said whether it holds a secret.
 *
 * @param family the kind of secret it is about
 * @param text what stands in the file, or the file's path where that tells
 */
record LabelledText(String family, boolean isSecret, String text) {
    private static final String SECRET = "tp";
    private static final JsonFactory JSON = new JsonFactory();

    /**
     * Reads lines of objects with the members {@code Rule}, {@code Label} (tp or fp), {@code Path}
     * and {@code Text}.
     */
    static List<LabelledText> read(Path file) throws IOException {
        List<LabelledText> texts = new ArrayList<>();
        try (JsonParser parser = JSON.createParser(Files.readAllBytes(file))) {
            while (parser.nextToken() == JsonToken.START_OBJECT) {
                Map<String, String> members = new HashMap<>();
                while (parser.nextToken() == JsonToken.FIELD_NAME) {
                    String name = parser.currentName();
                    members.put(name, parser.nextTextValue());
                }
                texts.add(of(members));
            }
        }
        return texts;
    }

    private static LabelledText of(Map<String, String> members) throws IOException {
        String family = members.get("Rule");
        String label = members.get("Label");
        String text = members.get("Text");
        if (family == null || label == null || text == null) {
            throw new IOException("a labelled text lacks Rule, Label or Text: " + members);
        }
        String path = members.getOrDefault("Path", "");
        return new LabelledText(family, label.equals(SECRET), text.isEmpty() ? path : text);
    }
}
