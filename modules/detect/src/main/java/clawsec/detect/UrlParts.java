package clawsec.detect;

import clawsec.detect.decode.Notation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What of an absolute URL a secret may be cut over: the labels of its host's name before the last
 * two, and the segments of its path with the values of its query behind them. Empty ones are left
 * out. A list is empty where there is nothing to cut a secret over, or too little for one.
 */
record UrlParts(List<Part> labels, List<Part> target) {
    /** Parts that are shorter together hold no secret. */
    static final int LEAST_CHARACTERS = 16;

    /** Shorter parts may stand between the pieces of a secret and have nothing to do with it. */
    static final int LEAST_PIECE = 6;

    private static final int DOMAIN_LABELS = 2;

    /** Labels before those that may still be part of the owner's name, as in {@code x.a.co.uk}. */
    private static final int MORE_DOMAIN_LABELS = 2;

    private static final int INDEX_DIGITS = 4;

    private static final UrlParts NONE = new UrlParts(List.of(), List.of());

    /**
     * Indexes of the URL.
     *
     * @param to after the last character
     * @param notation what it is a part of
     */
    record Part(int from, int to, Notation notation) {
        String of(String url) {
            return url.substring(from, to);
        }

        int length() {
            return to - from;
        }
    }

    static UrlParts of(String url) {
        int authority = authority(url);
        int path = endOf(url, authority, "/?#");
        int query = endOf(url, path, "?#");
        int end = endOf(url, path, "#");
        boolean hasLabels = path - authority >= LEAST_CHARACTERS;
        boolean hasTarget = end - path > LEAST_CHARACTERS;
        if (!hasLabels && !hasTarget) {
            return NONE;
        }
        List<Part> target = new ArrayList<>();
        if (hasTarget) {
            target.addAll(split(url, path, query, '/', Notation.PATH));
            target.addAll(values(url, query + 1, end, Notation.QUERY));
        }
        return new UrlParts(
                hasLabels ? enough(labels(url, authority, path)) : List.of(), enough(target));
    }

    /** Where the name of an absolute URL's host begins, or what stands before it. */
    static int authority(String url) {
        int scheme = url.indexOf("://");
        return scheme < 0 ? 0 : scheme + 3;
    }

    /** The values of a query or of a form (URL Standard §5). */
    static List<Part> values(String text, int from, int to, Notation notation) {
        List<Part> values = new ArrayList<>();
        for (Part field : split(text, from, to, '&', notation)) {
            int equals = text.indexOf('=', field.from);
            boolean hasName = equals >= 0 && equals < field.to;
            Part value = hasName ? new Part(equals + 1, field.to, notation) : field;
            if (value.length() > 0) {
                values.add(value);
            }
        }
        return values;
    }

    /**
     * The orders in which pieces of a secret may stand in a text's parts: all of them one after the
     * other, without what is too short for a piece, and that backwards.
     */
    static List<List<Part>> orders(List<Part> parts) {
        if (enough(parts).isEmpty()) {
            return List.of();
        }
        List<List<Part>> orders = new ArrayList<>();
        orders.add(parts);
        List<Part> pieces = parts.stream().filter(part -> part.length() >= LEAST_PIECE).toList();
        if (pieces.size() > 1) {
            if (pieces.size() < parts.size()) {
                orders.add(pieces);
            }
            orders.add(pieces.reversed());
        }
        return orders;
    }

    /**
     * The same of the labels, with and without numbers in front of them, and without what may be
     * part of the owner's name. A name has 253 characters at most.
     */
    List<List<Part>> labelOrders(String url) {
        List<List<Part>> orders = new ArrayList<>();
        List<Part> bare = labels.stream().map(label -> withoutIndex(url, label)).toList();
        for (List<Part> each : bare.equals(labels) ? List.of(labels) : List.of(labels, bare)) {
            int least = Math.max(0, each.size() - MORE_DOMAIN_LABELS);
            for (int count = each.size(); count >= least; count--) {
                orders.addAll(orders(each.subList(0, count)));
            }
        }
        return orders.stream().distinct().toList();
    }

    /** A label without the number of the piece that follows: {@code 12-abc}. */
    private static Part withoutIndex(String url, Part label) {
        int at = label.from;
        while (at < label.to && at - label.from < INDEX_DIGITS && isDigit(url.charAt(at))) {
            at++;
        }
        boolean isIndex = at > label.from && at + 1 < label.to && "-_".indexOf(url.charAt(at)) >= 0;
        return isIndex ? new Part(at + 1, label.to, label.notation) : label;
    }

    private static boolean isDigit(char character) {
        return character >= '0' && character <= '9';
    }

    private static List<Part> enough(List<Part> parts) {
        int characters = parts.stream().mapToInt(Part::length).sum();
        return parts.size() < 2 || characters < LEAST_CHARACTERS ? List.of() : parts;
    }

    private static int endOf(String text, int from, String ends) {
        int at = from;
        while (at < text.length() && ends.indexOf(text.charAt(at)) < 0) {
            at++;
        }
        return at;
    }

    /** A name that ends in a dot is the same without it (RFC 1034 §3.1). */
    private static List<Part> labels(String url, int authority, int path) {
        int host = Math.max(authority, url.lastIndexOf('@', path - 1) + 1);
        int colon = url.indexOf(':', host);
        int end = colon >= 0 && colon < path ? colon : path;
        List<Part> labels = split(url, host, end, '.', Notation.HOST);
        return labels.subList(0, Math.max(0, labels.size() - DOMAIN_LABELS));
    }

    private static List<Part> split(
            String text, int from, int to, char divider, Notation notation) {
        List<Part> parts = new ArrayList<>();
        int begin = from;
        for (int at = from; at <= to; at++) {
            if (at == to || text.charAt(at) == divider) {
                if (at > begin) {
                    parts.add(new Part(begin, at, notation));
                }
                begin = at + 1;
            }
        }
        return Collections.unmodifiableList(parts);
    }
}
