package clawsec.http.ws;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * One member of Sec-WebSocket-Extensions (RFC 6455 §9.1).
 *
 * @param isWellFormed whether it follows the grammar, and has no parameter twice
 */
record Extension(String name, List<Parameter> parameters, boolean isWellFormed) {
    /**
     * @param value empty where there is none
     */
    record Parameter(String name, String value) {}

    Extension {
        parameters = List.copyOf(parameters);
    }

    static Extension parse(String member) {
        List<String> parts = split(member);
        List<Parameter> parameters = new ArrayList<>();
        Set<String> names = new HashSet<>();
        String name = parts.getFirst();
        boolean isWellFormed = isToken(name);
        for (String part : parts.subList(1, parts.size())) {
            int equals = part.indexOf('=');
            String parameter = equals < 0 ? part : part.substring(0, equals).strip();
            String value = equals < 0 ? "" : unquoted(part.substring(equals + 1).strip());
            isWellFormed &=
                    isToken(parameter) && (equals < 0 || isToken(value)) && names.add(parameter);
            parameters.add(new Parameter(parameter, value));
        }
        return new Extension(name, parameters, isWellFormed);
    }

    boolean has(String parameter) {
        return parameters.stream().anyMatch(each -> each.name().equals(parameter));
    }

    /** Empty where there is none. */
    String value(String parameter) {
        return parameters.stream()
                .filter(each -> each.name().equals(parameter))
                .map(Parameter::value)
                .findFirst()
                .orElse("");
    }

    /** Parts between semicolons. One within quotes belongs to no token and is no matter. */
    private static List<String> split(String member) {
        List<String> parts = new ArrayList<>();
        for (String part : member.split(";", -1)) {
            parts.add(part.strip());
        }
        return parts;
    }

    /** RFC 6455 §9.1: what a quoted string says has to be a token itself. */
    private static String unquoted(String value) {
        boolean isQuoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
        return isQuoted ? value.substring(1, value.length() - 1).replace("\\", "") : value;
    }

    private static boolean isToken(String text) {
        // RFC 9110 §5.6.2
        return !text.isEmpty()
                && text.chars()
                        .allMatch(c ->
                                (c >= '0' && c <= '9')
                                        || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z')
                                        || "!#$%&'*+-.^_`|~".indexOf(c) >= 0);
    }
}
