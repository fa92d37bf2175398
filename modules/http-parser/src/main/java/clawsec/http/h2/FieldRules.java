package clawsec.http.h2;

import clawsec.http.FieldLine;
import java.util.Optional;
import java.util.Set;

/**
 * What field lines may be like in HTTP/2 (RFC 9113 §8.2). Stricter than it has to be where a line
 * could mean something else to an origin that speaks HTTP/1.1. No state.
 */
final class FieldRules {
    /** RFC 9113 §8.2.2: they belong to a connection, of which HTTP/2 has its own notion. */
    static final Set<String> OF_CONNECTION =
            Set.of("connection", "proxy-connection", "keep-alive", "transfer-encoding", "upgrade");

    /** What gateways to CGI and the like take for a field that decides where a message ends. */
    private static final Set<String> LOOKALIKES = Set.of("content_length", "transfer_encoding");

    private static final String TOKEN_SIGNS = "!#$%&'*+-.^_`|~";

    private static final boolean[] IS_TOKEN = tokenCharacters();

    private FieldRules() {}

    /** What is wrong with a line that is no pseudo-header field. */
    static Optional<FieldProblem> problem(FieldLine line) {
        if (!isLowerToken(line.name())) {
            return FieldProblem.of("§8.2.1", "a field name that is no token in lower case");
        }
        if (!isValue(line.value())) {
            return FieldProblem.of("§8.2.1", "a value of " + line.name() + " with what none has");
        }
        if (OF_CONNECTION.contains(line.name())) {
            return FieldProblem.of("§8.2.2", "field " + line.name() + " of a connection");
        }
        if (line.name().equals("te") && !line.value().equalsIgnoreCase("trailers")) {
            return FieldProblem.of("§8.2.2", "TE of more than trailers");
        }
        if (LOOKALIKES.contains(line.name())) {
            return FieldProblem.of("§8.2", "underscore in the name of a framing field");
        }
        return Optional.empty();
    }

    /** RFC 9110 §5.6.2; in lower case where it is a field's name. */
    static boolean isToken(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!isTokenCharacter(text.charAt(i))) {
                return false;
            }
        }
        return !text.isEmpty();
    }

    static boolean isLowerToken(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((c >= 'A' && c <= 'Z') || !isTokenCharacter(c)) {
                return false;
            }
        }
        return !text.isEmpty();
    }

    /** No control character but HTAB, and no blank at either end. */
    static boolean isValue(String text) {
        int length = text.length();
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c == 0x7f || (c < ' ' && c != '\t')) {
                return false;
            }
        }
        return length == 0 || (!isBlank(text.charAt(0)) && !isBlank(text.charAt(length - 1)));
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }

    private static boolean isTokenCharacter(char c) {
        return c < IS_TOKEN.length && IS_TOKEN[c];
    }

    private static boolean[] tokenCharacters() {
        boolean[] is = new boolean[128];
        for (int c = 0; c < is.length; c++) {
            is[c] =
                    (c >= 'a' && c <= 'z')
                            || (c >= 'A' && c <= 'Z')
                            || (c >= '0' && c <= '9')
                            || TOKEN_SIGNS.indexOf(c) >= 0;
        }
        return is;
    }
}
