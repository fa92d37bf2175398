package clawsec.detect;

import clawsec.detect.expression.ExpressionException;
import clawsec.detect.expression.ExpressionParser;
import clawsec.detect.expression.Node;
import java.util.Optional;
import java.util.Random;
import java.util.zip.CRC32;

/** Random texts that rules match, and mean. */
final class RuleSpecimen {
    private static final int TRIES = 300;
    private static final String DIGITS =
            "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    private RuleSpecimen() {}

    /** Empty where chance never meets what the rule asks for: mnemonics, JSON Web Tokens. */
    static Optional<Specimen> of(CompiledRule rule, Random random, boolean isShortest) {
        Node node = node(rule.rule());
        for (int i = 0; i < TRIES; i++) {
            Specimen specimen = Specimen.of(node, random, isShortest);
            if (rule.rule()
                    .secret()
                    .flatMap(SecretRule::checksum)
                    .filter(Checksum.BASE62_CRC32::equals)
                    .isPresent()) {
                complete(specimen.bytes(), rule.prefixBytes(specimen.bytes()));
            }
            if (rule.isMeant(specimen.bytes()) && !rule.isExample(specimen.bytes())) {
                return Optional.of(specimen);
            }
        }
        return Optional.empty();
    }

    /** Writes the right checksum to the end. */
    private static void complete(byte[] token, int prefix) {
        int end = token.length - 6;
        CRC32 crc = new CRC32();
        crc.update(token, prefix, end - prefix);
        long rest = crc.getValue();
        for (int i = token.length - 1; i >= end; i--) {
            token[i] = (byte) DIGITS.charAt((int) (rest % DIGITS.length()));
            rest /= DIGITS.length();
        }
    }

    private static Node node(Rule rule) {
        try {
            return ExpressionParser.parse(rule.regex(), rule.isCaseInsensitive());
        } catch (ExpressionException e) {
            throw new AssertionError(rule.id(), e);
        }
    }
}
