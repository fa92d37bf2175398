package clawsec.ca;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * The textual encodings of RFC 7468, with what older tools add to them: text before, between and
 * after the blocks, and RFC 1421 header lines inside them.
 */
final class Pem {
    private static final String BEGIN = "-----BEGIN ";
    private static final String END = "-----END ";
    private static final String DASHES = "-----";
    private static final int LINE_CHARS = 64;

    private Pem() {}

    /**
     * One block.
     *
     * @param label the words after BEGIN, such as {@code CERTIFICATE}
     * @param isEncrypted whether a {@code Proc-Type: 4,ENCRYPTED} line stands in it (RFC 1421
     *     §4.6.1.1)
     * @param der the decoded body
     */
    @SuppressWarnings("ArrayRecordComponent") // confined to this package, never compared
    record Block(String label, boolean isEncrypted, byte[] der) {}

    /**
     * All blocks of a text, in order.
     *
     * @throws UnfitException when a block has no end, or its body is no base64
     */
    static List<Block> parse(String text) throws UnfitException {
        List<Block> blocks = new ArrayList<>();
        String label = "";
        StringBuilder body = new StringBuilder();
        boolean isEncrypted = false;
        boolean isInside = false;
        for (String raw : text.lines().toList()) {
            String line = raw.strip();
            if (line.startsWith(BEGIN) && line.endsWith(DASHES)) {
                label = line.substring(BEGIN.length(), line.length() - DASHES.length());
                body.setLength(0);
                isEncrypted = false;
                isInside = true;
            } else if (isInside && line.startsWith(END)) {
                blocks.add(new Block(label, isEncrypted, decode(label, body)));
                isInside = false;
            } else if (isInside && line.indexOf(':') >= 0) {
                isEncrypted |= line.startsWith("Proc-Type") && line.contains("ENCRYPTED");
            } else if (isInside) {
                body.append(line);
            }
        }
        if (isInside) {
            throw new UnfitException("has a block '" + BEGIN + label + "-----' without end");
        }
        return blocks;
    }

    /** One block with lines of 64 characters (RFC 7468 §2). */
    static String format(String label, byte[] der) {
        byte[] newline = {'\n'};
        String body = Base64.getMimeEncoder(LINE_CHARS, newline).encodeToString(der);
        return BEGIN + label + DASHES + "\n" + body + "\n" + END + label + DASHES + "\n";
    }

    private static byte[] decode(String label, StringBuilder body) throws UnfitException {
        try {
            return Base64.getDecoder().decode(body.toString().getBytes(StandardCharsets.US_ASCII));
        } catch (IllegalArgumentException e) {
            throw new UnfitException(
                    "has a block '" + BEGIN + label + "-----' that is not base64", e);
        }
    }
}
