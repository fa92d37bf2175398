package clawsec.http.h1;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import clawsec.http.HttpVersion;
import org.jspecify.annotations.Nullable;

/** Reads {@code HTTP-version SP status-code [SP reason-phrase]} (RFC 9112 §4), leniently. */
final class StatusLine {
    private static final byte[] PREFIX = "HTTP/1.".getBytes(ISO_8859_1);

    HttpVersion version = HttpVersion.HTTP_1_1;
    int status;
    String reason = "";

    /** Null when {@code line} is a status line, whose parts then stand in the fields. */
    Http1Event.@Nullable Malformed read(LineReader line) {
        byte[] bytes = line.bytes;
        int from = line.from;
        int to = line.to;
        if (to - from < PREFIX.length || !canBegin(bytes, from, to)) {
            return noStatusLine();
        }
        int i = from + PREFIX.length;
        int minorFrom = i;
        while (i < to && isDigit(bytes[i])) {
            i++;
        }
        // RFC 9110 §2.5: a later minor version is processed as the highest known
        boolean isOldest = i == minorFrom + 1 && bytes[minorFrom] == '0';
        version = isOldest ? HttpVersion.HTTP_1_0 : HttpVersion.HTTP_1_1;
        int codeFrom = skipBlanks(bytes, i, to);
        if (i == minorFrom || codeFrom == i || codeFrom + 3 > to) {
            return noStatusLine();
        }
        status = 0;
        for (i = codeFrom; i < codeFrom + 3; i++) {
            if (!isDigit(bytes[i])) {
                return noStatusLine();
            }
            status = status * 10 + (bytes[i] - '0');
        }
        // RFC 9110 §15: 100 to 599; others are passed on, but three digits they are
        if (status < 100 || (i < to && !Octets.isBlank(bytes[i]))) {
            return noStatusLine();
        }
        reason = line.text(i, to);
        return null;
    }

    /** False when no status line begins with these bytes, however they go on. */
    static boolean canBegin(byte[] bytes, int from, int to) {
        for (int i = 0; i < Math.min(PREFIX.length, to - from); i++) {
            byte b = bytes[from + i];
            boolean isLetter = PREFIX[i] >= 'A';
            if (b != PREFIX[i] && !(isLetter && b == (PREFIX[i] | 0x20))) {
                return false;
            }
        }
        return true;
    }

    static Http1Event.Malformed noStatusLine() {
        return Role.RESPONSE.malformed(502, "RFC 9112 §4", "no HTTP/1 status line");
    }

    private static int skipBlanks(byte[] bytes, int from, int to) {
        int i = from;
        while (i < to && Octets.isBlank(bytes[i])) {
            i++;
        }
        return i;
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }
}
