package clawsec.detect.secret;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/**
 * Whether a text has the parts of a JSON Web Token: two parts in base64url that are JSON objects,
 * the first with {@code alg} or, where it is encrypted, {@code enc}; a payload that is encrypted is
 * not looked into.
 *
 * <p>Source: RFC 7515 §3.1, RFC 7516 §3.1, RFC 7519 §7.2.
 */
public final class JwtStructure {
    private JwtStructure() {}

    /**
     * @param token the compact serialization
     */
    public static boolean isRight(byte[] token) {
        int first = indexOfDot(token, 0);
        int second = first < 0 ? -1 : indexOfDot(token, first + 1);
        if (second < 0) {
            return false;
        }
        Optional<String> header = decoded(token, 0, first);
        if (header.isEmpty() || !isObject(header.get())) {
            return false;
        }
        if (header.get().contains("\"enc\"")) {
            return true;
        }
        return header.get().contains("\"alg\"")
                && decoded(token, first + 1, second).filter(JwtStructure::isObject).isPresent();
    }

    private static int indexOfDot(byte[] token, int from) {
        for (int i = from; i < token.length; i++) {
            if (token[i] == '.') {
                return i;
            }
        }
        return -1;
    }

    private static Optional<String> decoded(byte[] token, int from, int to) {
        try {
            byte[] part = Base64.getUrlDecoder().decode(Arrays.copyOfRange(token, from, to));
            return Optional.of(new String(part, StandardCharsets.UTF_8).strip());
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    private static boolean isObject(String text) {
        return text.startsWith("{") && text.endsWith("}");
    }
}
