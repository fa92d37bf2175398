package clawsec.proxy.net;

import java.net.Inet6Address;
import java.net.InetAddress;

/** IP addresses in words: IPv6 as RFC 5952 §4 wants it, {@code 2001:db8::7}, without zone. */
public final class AddressText {
    private AddressText() {}

    public static String of(InetAddress address) {
        if (!(address instanceof Inet6Address)) {
            return address.getHostAddress();
        }
        byte[] bytes = address.getAddress();
        int[] groups = new int[bytes.length / 2];
        for (int i = 0; i < groups.length; i++) {
            groups[i] = (bytes[2 * i] & 0xFF) << 8 | (bytes[2 * i + 1] & 0xFF);
        }
        int start = longestZeros(groups);
        int end = start + zerosFrom(groups, start);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < groups.length; i++) {
            if (end - start > 1 && i == start) {
                text.append("::");
                i = end - 1;
            } else {
                boolean isFirst = text.isEmpty() || text.charAt(text.length() - 1) == ':';
                text.append(isFirst ? "" : ":").append(Integer.toHexString(groups[i]));
            }
        }
        return text.toString();
    }

    /** The first of the longest runs of zeros (RFC 5952 §4.2.3). */
    private static int longestZeros(int[] groups) {
        int best = 0;
        for (int i = 1; i < groups.length; i++) {
            if (zerosFrom(groups, i) > zerosFrom(groups, best)) {
                best = i;
            }
        }
        return best;
    }

    private static int zerosFrom(int[] groups, int start) {
        int end = start;
        while (end < groups.length && groups[end] == 0) {
            end++;
        }
        return end - start;
    }
}
