package clawsec.log;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads one line of {@code threats.jsonl}. */
final class ThreatLineParser {
    /** Field names are not interned: a hostile file must not fill the JVM's table of strings. */
    private static final JsonFactory JSON =
            JsonFactory.builder()
                    .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                    .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                    .build();

    private ThreatLineParser() {}

    /**
     * The line's record; empty unless it is UTF-8, one JSON object and nothing after it, with all
     * eight fields of the contract, each of its kind.
     */
    static Optional<ThreatLine> parse(ByteBuffer line) {
        try {
            String raw = StandardCharsets.UTF_8.newDecoder().decode(line).toString();
            return parse(raw);
        } catch (CharacterCodingException notUtf8) {
            return Optional.empty();
        }
    }

    private static Optional<ThreatLine> parse(String raw) {
        Map<String, String> texts = new HashMap<>();
        List<String> via = new ArrayList<>();
        try (JsonParser parser = JSON.createParser(raw)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return Optional.empty();
            }
            for (String name = parser.nextFieldName();
                    name != null;
                    name = parser.nextFieldName()) {
                JsonToken value = parser.nextToken();
                if (value == JsonToken.VALUE_STRING) {
                    texts.put(name, parser.getText());
                } else if (value == JsonToken.START_ARRAY && name.equals("via")) {
                    readTexts(parser, via);
                } else {
                    parser.skipChildren();
                }
            }
            if (parser.currentToken() != JsonToken.END_OBJECT || parser.nextToken() != null) {
                return Optional.empty();
            }
            return line(texts, via, raw);
        } catch (IOException | DateTimeException notARecord) {
            return Optional.empty();
        }
    }

    private static void readTexts(JsonParser parser, List<String> texts) throws IOException {
        for (JsonToken token = parser.nextToken();
                token != JsonToken.END_ARRAY && token != null;
                token = parser.nextToken()) {
            if (token == JsonToken.VALUE_STRING) {
                texts.add(parser.getText());
            } else {
                parser.skipChildren();
            }
        }
    }

    private static Optional<ThreatLine> line(
            Map<String, String> texts, List<String> via, String raw) {
        String direction = texts.get("direction");
        String protocol = texts.get("protocol");
        String threatType = texts.get("threat_type");
        String pattern = texts.get("pattern");
        String snippet = texts.get("snippet");
        String source = texts.get("source");
        String dest = texts.get("dest");
        Instant timestamp = instant(texts.get("timestamp"));
        if (direction == null
                || protocol == null
                || threatType == null
                || pattern == null
                || snippet == null
                || source == null
                || dest == null
                || timestamp == null) {
            return Optional.empty();
        }
        return Optional.of(
                new ThreatLine(
                        direction,
                        protocol,
                        threatType,
                        pattern,
                        snippet,
                        source,
                        dest,
                        timestamp,
                        Optional.ofNullable(texts.get("severity")),
                        via,
                        Optional.ofNullable(texts.get("method")),
                        Optional.ofNullable(texts.get("url")),
                        raw));
    }

    private static @Nullable Instant instant(@Nullable String timestamp) {
        return timestamp == null ? null : OffsetDateTime.parse(timestamp).toInstant();
    }
}
