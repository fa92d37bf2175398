package clawsec.http.content;

import clawsec.http.FieldLine;
import clawsec.http.Fields;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The Accept-Encoding field (RFC 9110 §12.5.3) as an inspecting intermediary passes it on. */
public final class AcceptEncoding {
    private static final List<String> OFFERED = List.of("gzip", "deflate");
    private static final Set<String> KNOWN = Set.of("gzip", "x-gzip", "deflate", "identity");

    private AcceptEncoding() {}

    /**
     * Cuts a field value down to the codings that {@link ContentDecoder} removes, weights kept.
     * {@code *} becomes those of them that are not named. The answer is {@code identity} when
     * nothing acceptable is left, and never allows what {@code value} does not, identity aside.
     */
    public static String cut(String value) {
        List<String> members =
                Fields.of(new FieldLine("Accept-Encoding", value)).members("Accept-Encoding");
        List<String> kept = new ArrayList<>(4);
        boolean isCoded = false;
        boolean forbidsIdentity = false;
        boolean namesIdentity = false;
        for (String member : members) {
            int semicolon = member.indexOf(';');
            String coding = (semicolon < 0 ? member : member.substring(0, semicolon)).strip();
            String weight = semicolon < 0 ? "" : member.substring(semicolon);
            boolean isRefused = isZero(weight);
            coding = coding.toLowerCase(Locale.ROOT);
            if (KNOWN.contains(coding)) {
                kept.add(member);
                boolean isIdentity = coding.equals("identity");
                namesIdentity |= isIdentity;
                forbidsIdentity |= isIdentity && isRefused;
                isCoded |= !isIdentity && !isRefused;
            } else if (coding.equals("*") && isRefused) {
                kept.add(member);
                forbidsIdentity |= !members.stream().anyMatch(m -> names(m, "identity"));
            } else if (coding.equals("*")) {
                for (String offered : OFFERED) {
                    if (members.stream().noneMatch(m -> names(m, offered))) {
                        kept.add(offered + weight);
                        isCoded = true;
                    }
                }
            }
        }
        boolean isEmpty = kept.isEmpty() || (!isCoded && forbidsIdentity);
        return isEmpty ? "identity" : String.join(", ", kept);
    }

    private static boolean names(String member, String coding) {
        int semicolon = member.indexOf(';');
        String name = semicolon < 0 ? member : member.substring(0, semicolon);
        return name.strip().equalsIgnoreCase(coding);
    }

    /** RFC 9110 §12.4.2: a weight of 0 means not acceptable. */
    private static boolean isZero(String weight) {
        String text = weight.replace(" ", "").replace("\t", "").toLowerCase(Locale.ROOT);
        return text.matches(";q=0(\\.0{0,3})?");
    }
}
