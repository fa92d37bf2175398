package clawsec.proxy.ssh;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConnectionTablesTest {
    private static final String HEADING =
            "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid";

    private static SshConnection connection(String local, int port, String remote) {
        return new SshConnection(
                InetAddress.ofLiteral(local), port, InetAddress.ofLiteral(remote), 22);
    }

    private static String line(String local, String remote, String state) {
        return "   1: " + local + " " + remote + " " + state + " 00000000:00000000 00:00000000 000";
    }

    @Test
    void proc_ipv4() {
        assertEquals(
                List.of(connection("192.168.1.5", 52000, "203.0.113.7")),
                ConnectionTables.parseProc(
                        List.of(HEADING, line("0501A8C0:CB20", "077100CB:0016", "01"))));
    }

    @Test
    void proc_ipv6_andMapped() {
        String local = "B80D0120000000000000000001000000:D431";
        String remote = "B80D0120000000000000000002000000:0016";
        String mapped = "0000000000000000FFFF0000077100CB:0016";
        assertEquals(
                List.of(
                        connection("2001:db8::1", 54321, "2001:db8::2"),
                        connection("192.168.1.5", 54321, "203.0.113.7")),
                ConnectionTables.parseProc(
                        List.of(
                                HEADING,
                                line(local, remote, "01"),
                                line("0000000000000000FFFF00000501A8C0:D431", mapped, "01"))));
    }

    @Test
    void proc_otherStatesAndPorts_arePassedOver() {
        String local = "0501A8C0:CB20";
        assertEquals(
                List.of(),
                ConnectionTables.parseProc(
                        List.of(
                                line(local, "077100CB:0016", "02"),
                                line(local, "077100CB:0016", "06"),
                                line("00000000:0016", "00000000:0000", "0A"),
                                line("0501A8C0:0016", "077100CB:CB20", "01"),
                                line(local, "077100CB:01BB", "01"),
                                line(local, "077100CB:1600", "01"))));
    }

    @Test
    void proc_junk_isPassedOver() {
        assertEquals(
                List.of(connection("192.168.1.5", 52000, "203.0.113.7")),
                ConnectionTables.parseProc(
                        List.of(
                                "",
                                "   ",
                                "a b c 01",
                                "1: 0016 0016 01",
                                "1: : : 01",
                                "1: xyz:0016 xyz:0016 01",
                                "1: 0501A8C0:CB20 077100:0016 01",
                                "1: 0501A8C0:CB20 077100CB:FFFFFFFF0016 01",
                                "1: 0501A8C0CB20 077100CB:0016 01",
                                line("0501A8C0:CB20", "077100CB:0016", "01"))));
    }

    @Test
    void proc_bothTablesAreRead_andAMissingOneIsEmpty(@TempDir Path folder) throws Exception {
        assertEquals(List.of(), SshConnections.ofProc(folder).list());
        Files.writeString(
                folder.resolve("tcp6"),
                HEADING
                        + "\n"
                        + line(
                                "0000000000000000FFFF00000501A8C0:CB20",
                                "0000000000000000FFFF0000077100CB:0016",
                                "01")
                        + "\n");
        assertEquals(1, SshConnections.ofProc(folder).list().size());
        Files.writeString(
                folder.resolve("tcp"),
                HEADING + "\n" + line("0501A8C0:CB21", "077100CB:0016", "01") + "\n");
        assertEquals(2, SshConnections.ofProc(folder).list().size());
    }

    @Test
    void netstat_ofMacOs() {
        List<String> table =
                """
                Active Internet connections (including servers)
                Proto Recv-Q Send-Q  Local Address          Foreign Address        (state)
                tcp4       0      0  192.168.1.5.52000      203.0.113.7.22         ESTABLISHED
                tcp6       0      0  2001:db8::1.52001      2001:db8::2.22         ESTABLISHED
                tcp6       0      0  fe80::1%lo0.52002      fe80::2%lo0.22         ESTABLISHED
                tcp4       0      0  192.168.1.5.52003      203.0.113.7.443        ESTABLISHED
                tcp4       0      0  192.168.1.5.52004      203.0.113.7.22         SYN_SENT
                tcp4       0      0  192.168.1.5.22         203.0.113.7.52005      ESTABLISHED
                tcp4       0      0  *.22                   *.*                    LISTEN
                tcp4       0      0  192.168.1.5.99999999999 203.0.113.7.99999999922 ESTABLISHED
                tcp4       0      0  junk.1                 junk.22                ESTABLISHED
                udp4       0      0  192.168.1.5.52006      203.0.113.7.22         ESTABLISHED
                """
                        .lines()
                        .toList();
        assertEquals(
                List.of(
                        connection("192.168.1.5", 52000, "203.0.113.7"),
                        connection("2001:db8::1", 52001, "2001:db8::2"),
                        connection("fe80::1", 52002, "fe80::2")),
                ConnectionTables.parseNetstat(table));
    }
}
