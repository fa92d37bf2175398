package clawsec.detect;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Hides the secrets of a short text, such as a URL or a line of a log, encoded ones too. */
final class TextMask {
    private TextMask() {}

    /** The same text when it holds no secret. */
    static String masked(String text, Detector detector) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        List<Mask.Span> hidden = new ArrayList<>(new SecretScan(detector).wholeSpans(bytes));
        hidden.addAll(new EncodedSecrets(detector).spans(bytes));
        MaskedText masked = new MaskedText(bytes, 0, hidden);
        return masked.isMasked() ? masked.between(0, bytes.length) : text;
    }
}
