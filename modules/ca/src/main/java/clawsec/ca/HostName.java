package clawsec.ca;

import java.net.InetAddress;
import java.util.Locale;

/**
 * A peer's text for a host, sorted and brought to one form. No text fails, and nothing is looked
 * up.
 */
public sealed interface HostName {
    /** The longest DNS name in text (RFC 1035 §2.3.4: 255 octets on the wire). */
    int MAX_NAME_CHARS = 253;

    /** The longest label of a DNS name (RFC 1035 §2.3.4). */
    int MAX_LABEL_CHARS = 63;

    /** A DNS name, lower case, without a final dot. */
    record Dns(String name) implements HostName {}

    /** An IP literal; {@code text} is its canonical form. */
    record Ip(InetAddress address, String text) implements HostName {}

    /** No host's name: too long, a wildcard, empty, or characters that no host name has. */
    record Unnameable() implements HostName {}

    /**
     * Sorts a text into the three.
     *
     * @param host in any case, with or without a final dot; IPv6 with or without brackets
     */
    static HostName parse(String host) {
        if (host.length() > MAX_NAME_CHARS + 1) {
            return new Unnameable();
        }
        String name = host.toLowerCase(Locale.ROOT);
        if (name.endsWith(".")) {
            name = name.substring(0, name.length() - 1);
        }
        if (mayBeAddress(name)) {
            try {
                InetAddress address = InetAddress.ofLiteral(withoutZone(name));
                return new Ip(address, address.getHostAddress());
            } catch (IllegalArgumentException notAnAddress) {
                // Falls to the DNS rules: 1.2.3.4.5 is a name, a:b is neither.
            }
        }
        return isDnsName(name) ? new Dns(name) : new Unnameable();
    }

    private static boolean mayBeAddress(String name) {
        return name.indexOf(':') >= 0
                || (!name.isEmpty() && Character.isDigit(name.charAt(name.length() - 1)));
    }

    /** RFC 4007 §11: a zone is of this host only, so no certificate carries it. */
    private static String withoutZone(String literal) {
        int percent = literal.indexOf('%');
        return percent < 0 ? literal : literal.substring(0, percent);
    }

    private static boolean isDnsName(String name) {
        if (name.isEmpty() || name.length() > MAX_NAME_CHARS) {
            return false;
        }
        int labelChars = 0;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c == '.') {
                if (labelChars == 0) {
                    return false;
                }
                labelChars = 0;
            } else if (!isLabelChar(c) || ++labelChars > MAX_LABEL_CHARS) {
                return false;
            }
        }
        return labelChars > 0;
    }

    /** Letters, digits and hyphens (RFC 1123 §2.1), and the underscore that real names have. */
    private static boolean isLabelChar(char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
    }
}
