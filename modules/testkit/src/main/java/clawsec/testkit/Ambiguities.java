package clawsec.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What two servers could read in two ways in a request on the wire; the strictest reading of RFC
 * 9112 that can be had, and apart from the product's.
 */
public final class Ambiguities {
    private static final Pattern LINE =
            Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+ [!-~]+ HTTP/1\\.1");
    private static final Pattern FIELD =
            Pattern.compile(
                    "[!#$%&'*+.^_`|~0-9A-Za-z-]+: ?([!-~\u0080-\u00ff]([\t -~\u0080-\u00ff]*)?)?");

    private Ambiguities() {}

    /** Each in words; empty when there is one reading. */
    public static List<String> of(WireMessage request) {
        List<String> found = new ArrayList<>();
        if (!LINE.matcher(request.startLine()).matches()) {
            found.add("request line '" + request.startLine() + "'");
        }
        for (String line : request.fieldLines()) {
            check(line, found);
        }
        for (String line : request.trailerLines()) {
            check(line, found);
        }
        List<String> lengths = request.fields("Content-Length");
        List<String> codings = request.fields("Transfer-Encoding");
        if (lengths.size() + codings.size() > 1) {
            found.add("framed by " + lengths + " and " + codings);
        }
        lengths.stream()
                .filter(length -> !length.matches("0|[1-9][0-9]{0,18}"))
                .forEach(length -> found.add("length '" + length + "'"));
        codings.stream()
                .filter(coding -> !coding.equals("chunked"))
                .forEach(coding -> found.add("coding '" + coding + "'"));
        if (request.fields("Host").size() != 1) {
            found.add("hosts " + request.fields("Host"));
        }
        return found;
    }

    private static void check(String line, List<String> found) {
        if (!FIELD.matcher(line).matches()) {
            found.add("field line '" + line + "'");
        }
        String name = line.substring(0, Math.max(0, line.indexOf(':')));
        if (name.matches("(?i)content_length|transfer_encoding")) {
            found.add("name '" + name + "'");
        }
    }
}
