package clawsec.http.content;

import clawsec.http.FieldLine;
import clawsec.http.Fields;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** The Accept-Encoding field (RFC 9110 §12.5.3) as an inspecting intermediary passes it on. */
public final class AcceptEncoding {
    private static final String NAME = "Accept-Encoding";
    private static final List<String> OFFERED = List.of("gzip", "deflate", "br", "zstd");

    /** RFC 9110 §12.4.2: a weight of 0 means not acceptable. */
    private static final Pattern ZERO =
            Pattern.compile(";[ \\t]*q=0(\\.0{0,3})?[ \\t]*", Pattern.CASE_INSENSITIVE);

    private AcceptEncoding() {}

    /**
     * Cuts a field value down to the codings that {@link ContentDecoder} removes, weights kept.
     * {@code *} becomes those of them that are not named. The answer is {@code identity} when
     * nothing acceptable is left, and allows nothing that {@code value} does not, identity aside.
     */
    public static String cut(String value) {
        List<Member> members =
                Fields.of(new FieldLine(NAME, value)).members(NAME).stream()
                        .map(Member::parse)
                        .toList();
        List<String> kept = new ArrayList<>(members.size());
        boolean isAcceptable = !refusesIdentity(members);
        for (Member member : members) {
            switch (member.coding()) {
                case "gzip", "x-gzip", "deflate", "br", "zstd" -> {
                    kept.add(member.text());
                    isAcceptable |= !member.isRefusal();
                }
                case "identity" -> kept.add(member.text());
                case "*" -> {
                    List<String> named = named(members, member);
                    kept.addAll(named);
                    isAcceptable |= !named.isEmpty() && !member.isRefusal();
                }
                default -> {}
            }
        }
        return kept.isEmpty() || !isAcceptable ? "identity" : String.join(", ", kept);
    }

    /** What {@code *} stands for among these members. */
    private static List<String> named(List<Member> members, Member star) {
        return star.isRefusal()
                ? List.of(star.text())
                : OFFERED.stream()
                        .filter(coding -> !names(members, coding))
                        .map(coding -> coding + star.weight())
                        .toList();
    }

    private static boolean refusesIdentity(List<Member> members) {
        boolean isNamed = names(members, "identity");
        return members.stream()
                .anyMatch(member ->
                        member.isRefusal() && member.coding().equals(isNamed ? "identity" : "*"));
    }

    private static boolean names(List<Member> members, String coding) {
        return members.stream().anyMatch(member -> member.coding().equals(coding));
    }

    private record Member(String text, String coding, String weight) {
        static Member parse(String text) {
            int semicolon = text.indexOf(';');
            int codingEnd = semicolon < 0 ? text.length() : semicolon;
            String coding = text.substring(0, codingEnd).strip().toLowerCase(Locale.ROOT);
            return new Member(text, coding, text.substring(codingEnd));
        }

        boolean isRefusal() {
            return ZERO.matcher(weight).matches();
        }
    }
}
