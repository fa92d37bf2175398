package clawsec.http.h2;

import clawsec.http.Authority;
import clawsec.http.FieldLine;
import clawsec.http.Fields;
import clawsec.http.HttpVersion;
import clawsec.http.RequestHead;
import clawsec.http.ResponseHead;
import clawsec.http.hpack.HpackLine;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes heads and trailers of the field lines of a header block (RFC 9113 §8.3), or says why they
 * are none: what is passed on to HTTP/1.1 must mean there what it means here. One use each;
 * confined to one thread.
 */
public final class FieldSectionReader {
    private static final int REQUEST_FAULT = 400;
    private static final int RESPONSE_FAULT = 502;
    private static final Set<String> OF_REQUEST =
            Set.of(":method", ":scheme", ":authority", ":path", ":protocol");
    private static final Set<String> OF_RESPONSE = Set.of(":status");
    private static final String CONNECT = "CONNECT";

    private final Map<String, String> pseudo = new HashMap<>(8);
    private final List<FieldLine> lines = new ArrayList<>();
    private final Set<String> neverIndexed = new HashSet<>(0);
    private @Nullable FieldProblem firstProblem;

    private FieldSectionReader(List<HpackLine> all, Set<String> allowed) {
        for (HpackLine each : all) {
            if (firstProblem == null) {
                firstProblem = take(each.line(), allowed).orElse(null);
            }
            if (each.isNeverIndexed()) {
                neverIndexed.add(each.line().name());
            }
        }
    }

    /** What a client's first header block of a stream says. */
    public static FieldSection request(List<HpackLine> lines) {
        FieldSectionReader reader = new FieldSectionReader(lines, OF_REQUEST);
        Optional<FieldProblem> problem = reader.problem().or(reader::requestProblem);
        return problem.isPresent() ? problem.get().malformed(REQUEST_FAULT) : reader.request();
    }

    /** What an origin's header block says before the content. */
    public static FieldSection response(List<HpackLine> lines) {
        FieldSectionReader reader = new FieldSectionReader(lines, OF_RESPONSE);
        Optional<FieldProblem> problem =
                reader.problem().or(reader::statusProblem).or(reader::lengthProblem);
        if (problem.isPresent()) {
            return problem.get().malformed(RESPONSE_FAULT);
        }
        int status = Integer.parseInt(reader.pseudo(":status"));
        return new FieldSection.Response(
                new ResponseHead(status, "", HttpVersion.HTTP_2, new Fields(reader.lines)),
                reader.neverIndexed);
    }

    /**
     * What a header block says behind the content.
     *
     * @param isOfRequest whose they are
     */
    public static FieldSection trailers(List<HpackLine> lines, boolean isOfRequest) {
        // RFC 9113 §8.1: trailers have no pseudo-header fields.
        FieldSectionReader reader = new FieldSectionReader(lines, Set.of());
        int status = isOfRequest ? REQUEST_FAULT : RESPONSE_FAULT;
        Optional<FieldProblem> problem = reader.problem().or(reader::framingInTrailers);
        return problem.isPresent()
                ? problem.get().malformed(status)
                : new FieldSection.Trailers(new Fields(reader.lines));
    }

    private Optional<FieldProblem> problem() {
        return Optional.ofNullable(firstProblem);
    }

    private Optional<FieldProblem> take(FieldLine line, Set<String> allowed) {
        if (!line.name().startsWith(":")) {
            lines.add(line);
            return FieldRules.problem(line);
        }
        // RFC 9113 §8.3: known ones, once, before all others.
        if (!allowed.contains(line.name())) {
            return FieldProblem.of("§8.3", "a pseudo-header field that has no place here");
        }
        if (!lines.isEmpty()) {
            return FieldProblem.of("§8.3", line.name() + " behind other fields");
        }
        if (!FieldRules.isValue(line.value())) {
            return FieldProblem.of("§8.2.1", "a value of " + line.name() + " with what none has");
        }
        return pseudo.put(line.name(), line.value()) == null
                ? Optional.empty()
                : FieldProblem.of("§8.3", line.name() + " twice");
    }

    private String pseudo(String name) {
        return pseudo.getOrDefault(name, "");
    }

    private boolean isConnect() {
        return pseudo(":method").equals(CONNECT) && !pseudo.containsKey(":protocol");
    }

    private Optional<FieldProblem> requestProblem() {
        if (!FieldRules.isToken(pseudo(":method"))) {
            return FieldProblem.of("§8.3.1", "no method");
        }
        Optional<FieldProblem> target = isConnect() ? connectProblem() : targetProblem();
        return target.or(this::authorityProblem).or(this::lengthProblem);
    }

    /** RFC 9113 §8.5. */
    private Optional<FieldProblem> connectProblem() {
        if (pseudo.containsKey(":scheme") || pseudo.containsKey(":path")) {
            return FieldProblem.of("§8.5", "CONNECT with a scheme or path");
        }
        return Authority.parse(pseudo(":authority"), 0).isPresent()
                ? Optional.empty()
                : FieldProblem.of("§8.5", "CONNECT to no host and port");
    }

    private Optional<FieldProblem> targetProblem() {
        boolean isExtended = pseudo.containsKey(":protocol");
        // RFC 8441 §4: only CONNECT has a protocol.
        if (isExtended
                && (!pseudo(":method").equals(CONNECT)
                        || !FieldRules.isToken(pseudo(":protocol")))) {
            return FieldProblem.of("§8.3", ":protocol that is no token, or without CONNECT");
        }
        String scheme = pseudo(":scheme");
        if (!scheme.equals("http") && !scheme.equals("https")) {
            return FieldProblem.of("§8.3.1", "no scheme of HTTP");
        }
        String path = pseudo(":path");
        boolean isAsterisk = path.equals("*") && pseudo(":method").equals("OPTIONS");
        return isAsterisk || isPath(path) ? Optional.empty() : FieldProblem.of("§8.3.1", "no path");
    }

    private static boolean isPath(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) <= ' ' || text.charAt(i) >= 0x7f) {
                return false;
            }
        }
        return text.startsWith("/");
    }

    /** RFC 9113 §8.3.1: one of the two names the origin, and both the same. */
    private Optional<FieldProblem> authorityProblem() {
        List<String> hosts = new Fields(lines).all("host");
        if (hosts.size() > 1) {
            return FieldProblem.of("§8.3.1", "more than one Host field");
        }
        String authority = pseudo.getOrDefault(":authority", hosts.isEmpty() ? "" : hosts.get(0));
        if (!hosts.isEmpty() && !hosts.get(0).equalsIgnoreCase(authority)) {
            return FieldProblem.of("§8.3.1", "Host that is not :authority");
        }
        return Authority.parse(authority, 443).isPresent()
                ? Optional.empty()
                : FieldProblem.of("§8.3.1", "no authority");
    }

    /** RFC 9113 §8.1.1: it must agree with the content, so that it has to be one number. */
    private Optional<FieldProblem> lengthProblem() {
        List<String> lengths = new Fields(lines).all("content-length");
        boolean isNumber =
                lengths.stream()
                        .allMatch(length ->
                                !length.isEmpty()
                                        && length.length() <= 18
                                        && length.chars().allMatch(c -> c >= '0' && c <= '9'));
        if (!isNumber) {
            return FieldProblem.of("§8.1.1", "Content-Length is not a number of bytes");
        }
        return lengths.size() <= 1
                ? Optional.empty()
                : FieldProblem.of("§8.1.1", "more than one Content-Length field");
    }

    private Optional<FieldProblem> statusProblem() {
        String status = pseudo(":status");
        boolean isNumber =
                status.length() == 3
                        && status.chars().allMatch(c -> c >= '0' && c <= '9')
                        && status.charAt(0) != '0';
        if (!isNumber) {
            return FieldProblem.of("§8.3.2", "no status of three digits");
        }
        return status.equals("101")
                ? FieldProblem.of("§8.6", "status 101, which HTTP/2 has not")
                : Optional.empty();
    }

    /** RFC 9110 §6.5.1: what decides how a message is read comes before it. */
    private Optional<FieldProblem> framingInTrailers() {
        Fields fields = new Fields(lines);
        return fields.contains("content-length") || fields.contains("host")
                ? FieldProblem.of("§8.1", "Content-Length or Host in trailers")
                : Optional.empty();
    }

    private FieldSection request() {
        List<String> hosts = new Fields(lines).all("host");
        String authority = pseudo.getOrDefault(":authority", hosts.isEmpty() ? "" : hosts.get(0));
        List<FieldLine> fields = new ArrayList<>();
        fields.add(new FieldLine("host", authority));
        String cookies = String.join("; ", new Fields(lines).all("cookie"));
        for (FieldLine line : lines) {
            boolean isCookie = line.isNamed("cookie");
            if (isCookie && !cookies.isEmpty()) {
                // RFC 9113 §8.2.3: crumbs are put together for whoever knows one line only.
                fields.add(new FieldLine("cookie", cookies));
                cookies = "";
            } else if (!isCookie && !line.isNamed("host")) {
                fields.add(line);
            }
        }
        String target = isConnect() ? authority : pseudo(":path");
        return new FieldSection.Request(
                new RequestHead(pseudo(":method"), target, HttpVersion.HTTP_2, new Fields(fields)),
                pseudo(":scheme"),
                Optional.ofNullable(pseudo.get(":protocol")),
                neverIndexed);
    }
}
