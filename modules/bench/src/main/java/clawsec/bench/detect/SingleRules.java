package clawsec.bench.detect;

import clawsec.detect.RuleException;
import clawsec.detect.RuleSet;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The built-in rules, each as a set of its own. */
final class SingleRules {
    private static final JsonFactory JSON = new JsonFactory();

    private SingleRules() {}

    static List<RuleSet> all() throws IOException, RuleException {
        List<RuleSet> all = new ArrayList<>();
        for (String name : RuleSet.RESOURCES) {
            try (InputStream in = RuleSet.class.getResourceAsStream(name)) {
                if (in == null) {
                    throw new FileNotFoundException(name);
                }
                for (String rule : rules(in)) {
                    String text = "{\"version\":1,\"rules\":[" + rule + "]}";
                    all.add(RuleSet.parse(text.getBytes(StandardCharsets.UTF_8), name));
                }
            }
        }
        return all;
    }

    /** The objects in the array of rules. */
    private static List<String> rules(InputStream file) throws IOException {
        List<String> rules = new ArrayList<>();
        try (JsonParser parser = JSON.createParser(file)) {
            while (!"rules".equals(parser.currentName())
                    || parser.nextToken() != JsonToken.START_ARRAY) {
                parser.nextToken();
            }
            while (parser.nextToken() == JsonToken.START_OBJECT) {
                StringWriter rule = new StringWriter();
                try (JsonGenerator out = JSON.createGenerator(rule)) {
                    out.copyCurrentStructure(parser);
                }
                rules.add(rule.toString());
            }
        }
        return rules;
    }
}
