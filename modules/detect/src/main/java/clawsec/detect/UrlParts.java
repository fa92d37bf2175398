package clawsec.detect;

import java.util.ArrayList;
import java.util.List;

/**
 * What of an absolute URL a secret may be cut over: the labels of its host's name before the last
 * two, the segments of its path, the values of its query. A list is empty where there is nothing to
 * cut a secret over, or too little for one.
 */
record UrlParts(List<Part> labels, List<Part> segments, List<Part> values) {
    /** Parts that are shorter together hold no secret. */
    static final int LEAST_CHARACTERS = 16;

    private static final int DOMAIN_LABELS = 2;

    private static final UrlParts NONE = new UrlParts(List.of(), List.of(), List.of());

    /**
     * Indexes of the URL.
     *
     * @param to after the last character
     */
    record Part(int from, int to) {
        String of(String url) {
            return url.substring(from, to);
        }
    }

    static UrlParts of(String url) {
        int scheme = url.indexOf("://");
        int authority = scheme < 0 ? 0 : scheme + 3;
        int path = endOf(url, authority, "/?#");
        int query = endOf(url, path, "?#");
        int end = endOf(url, path, "#");
        boolean hasLabels = mayHold(url, authority, path, '.');
        boolean hasSegments = mayHold(url, path + 1, query, '/');
        boolean hasValues = mayHold(url, query + 1, end, '&');
        if (!hasLabels && !hasSegments && !hasValues) {
            return NONE;
        }
        return new UrlParts(
                hasLabels ? labels(url, authority, path) : List.of(),
                hasSegments ? split(url, path + 1, query, '/') : List.of(),
                hasValues ? values(url, query + 1, end) : List.of());
    }

    /** The values of a query or of a form (URL Standard §5). */
    static List<Part> values(String text, int from, int to) {
        List<Part> values = new ArrayList<>();
        for (Part field : split(text, from, to, '&')) {
            int equals = text.indexOf('=', field.from);
            boolean hasName = equals >= 0 && equals < field.to;
            values.add(hasName ? new Part(equals + 1, field.to) : field);
        }
        return values;
    }

    /** Whether there are parts, long enough together for a secret. */
    private static boolean mayHold(String url, int from, int to, char divider) {
        int at = to - from < LEAST_CHARACTERS ? -1 : url.indexOf(divider, from);
        return at >= 0 && at < to;
    }

    private static int endOf(String text, int from, String ends) {
        int at = from;
        while (at < text.length() && ends.indexOf(text.charAt(at)) < 0) {
            at++;
        }
        return at;
    }

    private static List<Part> labels(String url, int authority, int path) {
        int host = Math.max(authority, url.lastIndexOf('@', path - 1) + 1);
        List<Part> labels = split(url, host, path, '.');
        return labels.subList(0, Math.max(0, labels.size() - DOMAIN_LABELS));
    }

    private static List<Part> split(String text, int from, int to, char divider) {
        List<Part> parts = new ArrayList<>();
        int begin = from;
        for (int at = from; at < to; at++) {
            if (text.charAt(at) == divider) {
                parts.add(new Part(begin, at));
                begin = at + 1;
            }
        }
        parts.add(new Part(begin, to));
        return parts;
    }
}
