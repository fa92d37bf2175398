package clawsec.proxy.ssh;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the tables in which systems list their TCP connections: {@code /proc/net/tcp} and {@code
 * tcp6} of Linux (proc(5)), and what {@code netstat -an -p tcp} prints on macOS. Lines that say
 * something else are passed over.
 */
final class ConnectionTables {
    private static final int SSH_PORT = 22;

    /** TCP_ESTABLISHED in the kernel's list of states. */
    private static final String ESTABLISHED = "01";

    private static final Pattern WHITE_SPACE = Pattern.compile("\\s+");

    /** {@code tcp4 0 0 192.168.1.5.52000 203.0.113.7.22 ESTABLISHED}. */
    private static final Pattern NETSTAT =
            Pattern.compile(
                    "^tcp\\S*\\s+\\d+\\s+\\d+\\s+(\\S+)\\.(\\d{1,5})\\s+(\\S+)\\.(\\d{1,5})"
                            + "\\s+ESTABLISHED.*");

    private ConnectionTables() {}

    /** The established connections to port 22 in a table of {@code /proc/net}. */
    static List<SshConnection> parseProc(List<String> lines) {
        List<SshConnection> found = new ArrayList<>();
        for (String line : lines) {
            String[] words = WHITE_SPACE.split(line.strip(), -1);
            if (words.length > 3 && words[3].equals(ESTABLISHED)) {
                procLine(words[1], words[2]).ifPresent(found::add);
            }
        }
        return found;
    }

    /** The established connections to port 22 in netstat's output. */
    static List<SshConnection> parseNetstat(List<String> lines) {
        List<SshConnection> found = new ArrayList<>();
        for (String line : lines) {
            Matcher words = NETSTAT.matcher(line.strip());
            if (words.matches() && Integer.parseInt(words.group(4)) == SSH_PORT) {
                Optional<InetAddress> local = literal(words.group(1));
                Optional<InetAddress> remote = literal(words.group(3));
                if (local.isPresent() && remote.isPresent()) {
                    found.add(
                            new SshConnection(
                                    local.get(),
                                    Integer.parseInt(words.group(2)),
                                    remote.get(),
                                    SSH_PORT));
                }
            }
        }
        return found;
    }

    private static Optional<SshConnection> procLine(String local, String remote) {
        int localColon = local.indexOf(':');
        int remoteColon = remote.indexOf(':');
        try {
            int remotePort = HexFormat.fromHexDigits(remote, remoteColon + 1, remote.length());
            if (remotePort != SSH_PORT || localColon < 0 || remoteColon < 0) {
                return Optional.empty();
            }
            return Optional.of(
                    new SshConnection(
                            procAddress(local.substring(0, localColon)),
                            HexFormat.fromHexDigits(local, localColon + 1, local.length()),
                            procAddress(remote.substring(0, remoteColon)),
                            remotePort));
        } catch (IllegalArgumentException | UnknownHostException notAnEntry) {
            return Optional.empty();
        }
    }

    /**
     * The kernel prints addresses as 32-bit words in the machine's byte order, which is
     * little-endian here.
     */
    private static InetAddress procAddress(String hex) throws UnknownHostException {
        byte[] bytes = HexFormat.of().parseHex(hex);
        for (int word = 0; word + 4 <= bytes.length; word += 4) {
            byte first = bytes[word];
            byte second = bytes[word + 1];
            bytes[word] = bytes[word + 3];
            bytes[word + 1] = bytes[word + 2];
            bytes[word + 2] = second;
            bytes[word + 3] = first;
        }
        return InetAddress.getByAddress(bytes);
    }

    private static Optional<InetAddress> literal(String text) {
        int zone = text.indexOf('%');
        try {
            return Optional.of(InetAddress.ofLiteral(zone < 0 ? text : text.substring(0, zone)));
        } catch (IllegalArgumentException notAnAddress) {
            return Optional.empty();
        }
    }
}
