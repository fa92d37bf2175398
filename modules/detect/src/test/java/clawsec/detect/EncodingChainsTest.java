package clawsec.detect;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import clawsec.detect.expression.ExpressionException;
import clawsec.detect.expression.ExpressionParser;
import clawsec.detect.expression.Node;
import clawsec.http.FieldLine;
import clawsec.http.Fields;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/**
 * What a shipped rule matches, wrapped in up to three encodings one in another and cut anywhere, is
 * found under that rule's name, and how it was written is said.
 */
class EncodingChainsTest {
    private static final List<CompiledRule> RULES = Scans.ALL.compiled();
    private static final int SPECIMEN_TRIES = 40;

    @Property(tries = 300, shrinking = ShrinkingMode.OFF)
    void match_inAChainOfEncodings_isFound(@ForAll long seed) {
        Random random = new Random(seed);
        CompiledRule rule = RULES.get(random.nextInt(RULES.size()));
        Optional<String> match = match(rule, random);
        List<Wrapping> chain = chain(random);
        if (match.isEmpty()) {
            return;
        }
        String text = context(match.get());
        for (Wrapping each : chain.reversed()) {
            text = each.wrap(text, random);
        }
        byte[] bytes = ("as this:" + text + " and more").getBytes(ISO_8859_1);
        List<String> via = via(chain);
        List<String> others = via.stream().filter(name -> !name.equals("unicode")).toList();
        List<Finding> found = scanned(rule, bytes, random);
        assertTrue(
                found.stream()
                        .filter(finding -> finding.pattern().equals(rule.rule().id()))
                        .map(Finding::via)
                        // What a rule asks for may have no letters to be made lookalikes of.
                        .anyMatch(each -> each.equals(via) || each.equals(others)),
                () -> rule.rule().id() + " by " + chain + " not in " + found + " of " + match);
        assertEquals(new HashSet<>(found), new HashSet<>(scanned(rule, bytes, random)));
    }

    /** What the property found once: the rest was taken for a key without a name. */
    @Example
    void lookalike_beforeAHyphen_isMeant() {
        String header = "\u0445-" + "ApiKey: " + "A4Ba94Ef4d1E168b".repeat(4);
        List<Finding> found = Scans.content(Scans.ALL, header);
        assertTrue(
                found.stream()
                        .anyMatch(finding ->
                                finding.pattern().equals("virustotal_api_key")
                                        && finding.via().equals(List.of("unicode"))));
    }

    @Property(tries = 300, shrinking = ShrinkingMode.OFF)
    void secret_cutOverParts_isFound(@ForAll long seed) {
        Random random = new Random(seed);
        List<CompiledRule> secrets = RULES.stream().filter(EncodingChainsTest::isToken).toList();
        CompiledRule rule = secrets.get(random.nextInt(secrets.size()));
        Optional<String> match = match(rule, random);
        if (match.isEmpty()) {
            return;
        }
        String token = match.get();
        int cut = 4 + random.nextInt(token.length() - 8);
        String front = token.substring(0, cut);
        String rest = token.substring(cut);
        assertPartsFound(rule, "query", "/x?a=" + front + "&b=" + rest + "&c=1", "", "");
        assertPartsFound(rule, "path", "/v1/" + front + "/" + rest + "/z", "", "");
        String form = "a=1&b=" + front + "&c=" + rest + "&d=2";
        assertPartsFound(rule, "fields", "/", "application/x-www-form-urlencoded", form);
        String part = "--b\r\nContent-Disposition: form-data; name=\"x\"\r\n\r\n";
        String parts = part + front + "\r\n" + part + rest + "\r\n--b--\r\n";
        assertPartsFound(rule, "multipart", "/", "multipart/form-data; boundary=b", parts);
    }

    private static void assertPartsFound(
            CompiledRule rule, String via, String target, String type, String content) {
        String url = "https://a.example" + target;
        List<Finding> found = new ArrayList<>();
        try (MessageScan scan = Scans.ALL.open(Scans.subject(url), found::add)) {
            byte[] head = ("POST " + url + " HTTP/1.1\r\n\r\n").getBytes(ISO_8859_1);
            Fields fields =
                    type.isEmpty() ? Fields.EMPTY : Fields.of(new FieldLine("Content-Type", type));
            scan.head(ByteBuffer.wrap(head), fields);
            scan.content(ByteBuffer.wrap(content.getBytes(ISO_8859_1)));
            scan.end();
        }
        String id = rule.rule().id();
        Set<String> vias = new HashSet<>();
        found.stream()
                .filter(finding -> finding.pattern().equals(id))
                .forEach(finding -> vias.addAll(finding.via()));
        assertTrue(
                vias.contains(via) || isFoundInPart(found, id),
                () -> id + " by " + via + " not in " + found + " of " + target + content);
    }

    /** What is left of some tokens when they are cut is another one. */
    private static boolean isFoundInPart(List<Finding> found, String id) {
        return found.stream()
                .anyMatch(finding -> finding.pattern().equals(id) && finding.via().isEmpty());
    }

    /** Whether matches are letters and digits of a secret behind a front that tells its kind. */
    private static boolean isToken(CompiledRule rule) {
        return rule.rule().isSecret()
                && !rule.isGeneric()
                && rule.rule().directions().contains(Direction.OUTBOUND)
                && rule.rule()
                        .regex()
                        .matches("(\\\\b)?[a-zA-Z_-]{3,12}\\[[a-zA-Z0-9_-]+\\]\\{[0-9]+\\}.*")
                && !rule.rule().regex().contains("|");
    }

    private static List<Wrapping> chain(Random random) {
        List<Wrapping> chain = new ArrayList<>();
        int length = 1 + random.nextInt(3);
        while (chain.size() < length) {
            Wrapping next = Wrapping.values()[random.nextInt(Wrapping.values().length)];
            boolean isLast = chain.size() + 1 == length;
            boolean fits = chain.isEmpty() || chain.getLast().mayHold(next);
            if (fits && (isLast || next != Wrapping.HOMOGLYPHS)) {
                chain.add(next);
            }
            boolean isTooDeep = via(chain).size() > DecodeLimits.DEFAULT.depth();
            if (isTooDeep || (isShifted(chain) && chain.contains(Wrapping.UTF_32))) {
                chain.clear();
            }
        }
        return chain;
    }

    /** Whether something stands before the text: UTF-32 begins at a multiple of four. */
    private static boolean isShifted(List<Wrapping> chain) {
        return chain.contains(Wrapping.JSON) || chain.contains(Wrapping.HTML);
    }

    private static List<String> via(List<Wrapping> chain) {
        return chain.stream().flatMap(each -> each.viaNames().stream()).toList();
    }

    private static String context(String match) {
        return "of old, " + match + " , as it was said before.";
    }

    private static Optional<String> match(CompiledRule rule, Random random) {
        for (int i = 0; i < SPECIMEN_TRIES; i++) {
            Specimen specimen = Specimen.of(node(rule.rule()), random, true);
            boolean isAscii = true;
            for (byte b : specimen.bytes()) {
                isAscii &= b >= ' ' && b < 0x7f;
            }
            boolean isPlain =
                    specimen.text().chars().noneMatch(c -> "%\\&=+`'\"$^{".indexOf(c) >= 0);
            if (isAscii
                    && isPlain
                    && rule.isMeant(specimen.bytes())
                    && !rule.isExample(specimen.bytes())
                    && isFound(rule, context(specimen.text()))) {
                return Optional.of(specimen.text());
            }
        }
        return Optional.empty();
    }

    /** Whether a match is one in plain text, as those of rules that give way to others are not. */
    private static boolean isFound(CompiledRule rule, String text) {
        return scanned(rule, text.getBytes(ISO_8859_1), new Random(1)).stream()
                .anyMatch(finding -> finding.pattern().equals(rule.rule().id()));
    }

    private static Node node(Rule rule) {
        try {
            return ExpressionParser.parse(rule.regex(), rule.isCaseInsensitive());
        } catch (ExpressionException e) {
            throw new AssertionError(rule.id(), e);
        }
    }

    private static List<Finding> scanned(CompiledRule rule, byte[] bytes, Random random) {
        boolean isOutbound = rule.rule().directions().contains(Direction.OUTBOUND);
        Subject subject = isOutbound ? Scans.subject("") : Scans.inbound();
        List<Finding> found = new ArrayList<>();
        try (MessageScan scan = Scans.ALL.open(subject, found::add)) {
            int at = 0;
            while (at < bytes.length) {
                int length = Math.min(bytes.length - at, 1 + random.nextInt(2 * bytes.length));
                scan.content(ByteBuffer.wrap(bytes, at, length));
                at += length;
            }
            scan.end();
        }
        return found;
    }
}
