package clawsec.ctl.config;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads configuration files: one JSON object (RFC 8259), each member with the line it is on. */
final class ConfigJson {
    /** The most bytes a configuration file may have. */
    static final int MAX_FILE_BYTES = 1 << 20;

    private static final JsonFactory JSON = new JsonFactory();

    /** One member of the object; lines count from 1. */
    record Entry(int line, String name, RawValue value) {}

    private ConfigJson() {}

    /** The members of the file's object, in order, duplicates included. */
    static List<Entry> read(Path file) throws ConfigException {
        byte[] content = content(file);
        try (JsonParser parser = JSON.createParser(content)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new ConfigException(
                        file
                                + ": not a JSON object; allowed is one such as {\"proxy_port\":"
                                + " 8888}");
            }
            List<Entry> entries = new ArrayList<>();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                int line = parser.currentTokenLocation().getLineNr();
                parser.nextToken();
                entries.add(new Entry(line, name, value(parser)));
            }
            if (parser.nextToken() != null) {
                int line = parser.currentTokenLocation().getLineNr();
                throw new ConfigException(
                        file + " line " + line + ": something follows the end of the JSON object");
            }
            return entries;
        } catch (JsonProcessingException e) {
            throw new ConfigException(
                    "%s line %d: not JSON: %s"
                            .formatted(file, e.getLocation().getLineNr(), words(e)));
        } catch (IOException e) {
            throw new ConfigException("cannot read " + file + ": " + FailureText.words(e));
        }
    }

    /** Reads one JSON array; empty when the text is anything else. */
    static Optional<List<RawValue>> parseList(String text) {
        try (JsonParser parser = JSON.createParser(text)) {
            parser.nextToken();
            RawValue value = value(parser);
            return value instanceof RawValue.Many many && parser.nextToken() == null
                    ? Optional.of(many.items())
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** What is wrong, without the parser's second place, whose source it does not know. */
    private static String words(JsonProcessingException e) {
        return e.getOriginalMessage().replaceFirst(" \\(start marker at .*", "");
    }

    /** The value at the parser's current token, which is left at the value's last token. */
    private static RawValue value(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case VALUE_STRING -> new RawValue.Text(parser.getText());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new RawValue.Numeral(parser.getText());
            case VALUE_TRUE -> new RawValue.Truth(true);
            case VALUE_FALSE -> new RawValue.Truth(false);
            case START_ARRAY -> {
                List<RawValue> items = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    items.add(value(parser));
                }
                yield new RawValue.Many(items);
            }
            case START_OBJECT -> {
                parser.skipChildren();
                yield new RawValue.Members();
            }
            default -> new RawValue.Nothing();
        };
    }

    private static byte[] content(Path file) throws ConfigException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] content = in.readNBytes(MAX_FILE_BYTES + 1);
            if (content.length > MAX_FILE_BYTES) {
                throw new ConfigException(
                        "cannot read " + file + ": it has more than " + MAX_FILE_BYTES + " bytes");
            }
            return content;
        } catch (IOException e) {
            throw new ConfigException("cannot read " + file + ": " + FailureText.words(e));
        }
    }
}
