package clawsec.ctl.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every wrong value and the whole message it gets. */
class ConfigMessageTest {
    private static final String ALL_KEYS =
            "proxy_host, proxy_port, gateway_local_port, gateway_target_port, log_dir, log_level,"
                    + " max_scan_bytes, enable_mitm, dedup_window_secs, enable_http_proxy,"
                    + " enable_gateway_proxy, enable_ssh_watcher, ssh_poll_interval,"
                    + " upstream_ca_file, upstream_proxy, tunnel_hosts, rules_files,"
                    + " disabled_rules, mask_secrets, keylog_file, header_timeout_secs,"
                    + " connect_timeout_secs, idle_timeout_secs, max_header_bytes,"
                    + " max_connections";

    @TempDir private Path folder;

    /** Key, the least and the most it may be. */
    static List<Object[]> wholes() {
        return List.of(
                new Object[] {"proxy_port", 0, 65_535},
                new Object[] {"http_proxy_port", 0, 65_535},
                new Object[] {"gateway_local_port", 0, 65_535},
                new Object[] {"gateway_target_port", 1, 65_535},
                new Object[] {"max_scan_bytes", 0, 2_147_483_647},
                new Object[] {"dedup_window_secs", 0, 86_400},
                new Object[] {"ssh_poll_interval", 1, 3_600},
                new Object[] {"header_timeout_secs", 1, 3_600},
                new Object[] {"connect_timeout_secs", 1, 3_600},
                new Object[] {"idle_timeout_secs", 1, 86_400},
                new Object[] {"max_header_bytes", 1_024, 1_048_576},
                new Object[] {"max_connections", 1, 1_000_000});
    }

    @ParameterizedTest
    @MethodSource("wholes")
    void wholeNumber_outOfRangeOrOfAnotherType_isRefusedInTheFile(String key, int least, int most)
            throws IOException {
        String allowed = "; allowed is a whole number from " + least + " to " + most;
        List<String> wrong = new ArrayList<>(List.of("\"8888\"", "1.5", "1e3", "true", "null"));
        wrong.addAll(List.of("[8888]", "99999999999999999999"));
        wrong.add(Long.toString(most + 1L));
        wrong.add(Integer.toString(least - 1));
        for (String value : wrong) {
            assertEquals(
                    file() + " line 2: " + key + " is " + value + allowed,
                    fileMessage("{\n\"" + key + "\": " + value + "}"));
        }
        assertEquals(
                file() + " line 1: " + key + " is an object" + allowed,
                fileMessage("{\"" + key + "\": {\"a\": [1]}}"));
    }

    @ParameterizedTest
    @MethodSource("wholes")
    void wholeNumber_outOfRangeOrNoNumber_isRefusedInTheEnvironment(
            String key, int least, int most) {
        String variable = ConfigKey.variable(key);
        String allowed = "; allowed is a whole number from " + least + " to " + most;
        for (String value : List.of("8888 ", "0x10", "1_000", Long.toString(most + 1L))) {
            assertEquals(
                    variable + " is " + value + allowed, variableMessage(Map.of(variable, value)));
        }
        assertEquals(variable + " is empty" + allowed, variableMessage(Map.of(variable, "")));
    }

    @ParameterizedTest
    @MethodSource("wholes")
    void wholeNumber_atItsLimits_isTaken(String key, int least, int most) throws Exception {
        for (int value : new int[] {least, most}) {
            Map<String, String> environment =
                    Map.of(
                            ConfigKey.variable(key),
                            Integer.toString(value),
                            "CLAWSEC_ENABLE_GATEWAY_PROXY",
                            "false");
            ConfigLoader.load(GivenFlags.NONE, environment);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "enable_mitm",
        "enable_http_proxy",
        "enable_gateway_proxy",
        "enable_ssh_watcher",
        "mask_secrets"
    })
    void truth_anythingElse_isRefused(String key) throws IOException {
        for (String value : List.of("1", "\"true\"", "null", "[true]")) {
            assertEquals(
                    file() + " line 1: " + key + " is " + value + "; allowed is true or false",
                    fileMessage("{\"" + key + "\": " + value + "}"));
        }
        String variable = ConfigKey.variable(key);
        for (String value : List.of("1", "yes", "TRUE")) {
            assertEquals(
                    variable + " is " + value + "; allowed is true or false",
                    variableMessage(Map.of(variable, value)));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    proxy_host|""|a host name or an IP address
                    proxy_host|"a b"|a host name or an IP address
                    proxy_host|"127.0.0.1:80"|a host name or an IP address
                    proxy_host|"http://127.0.0.1"|a host name or an IP address
                    proxy_host|1|a host name or an IP address
                    log_dir|""|a path
                    log_dir|null|a path
                    log_dir|7|a path
                    log_level|"info"|one of DEBUG, INFO, WARNING, ERROR
                    log_level|"WARN"|one of DEBUG, INFO, WARNING, ERROR
                    log_level|3|one of DEBUG, INFO, WARNING, ERROR
                    upstream_ca_file|""|a path of a PEM file, or null for none
                    upstream_ca_file|["a"]|a path of a PEM file, or null for none
                    keylog_file|false|a path, or null for none
                    upstream_proxy|"proxy.example:3128"|http://[user:password@]host:port, or null\
                     for none
                    upstream_proxy|"https://proxy.example:3128"|http://[user:password@]host:port,\
                     or null for none
                    upstream_proxy|"http://proxy.example"|http://[user:password@]host:port, or null\
                     for none
                    upstream_proxy|"http://proxy.example:3128/path"\
                    |http://[user:password@]host:port, or null for none
                    upstream_proxy|"http://"|http://[user:password@]host:port, or null for none
                    tunnel_hosts|"a.example"|a list of hosts (each a host name, an IP address or\
                     *.example.com)
                    tunnel_hosts|["a.example", ""]|a list of hosts (each a host name, an IP address\
                     or *.example.com)
                    tunnel_hosts|["*"]|a list of hosts (each a host name, an IP address or\
                     *.example.com)
                    tunnel_hosts|["a.*.example"]|a list of hosts (each a host name, an IP address\
                     or *.example.com)
                    tunnel_hosts|[1]|a list of hosts (each a host name, an IP address or *.example.com)
                    rules_files|"rules.json"|a list of rule files (each a path)
                    rules_files|[""]|a list of rule files (each a path)
                    disabled_rules|{}|a list of rule ids (each text that is not empty)
                    disabled_rules|[null]|a list of rule ids (each text that is not empty)
                    """)
    void value_notAllowed_isRefused(String key, String value, String allowed) throws IOException {
        String shown = value.equals("{}") ? "an object" : value;
        assertEquals(
                file() + " line 1: " + key + " is " + shown + "; allowed is " + allowed,
                fileMessage("{\"" + key + "\": " + value + "}"));
    }

    @Test
    void everyKey_hasAWrongValueAbove() {
        Set<String> tested = new TreeSet<>();
        wholes().forEach(row -> tested.add((String) row[0]));
        for (var method : ConfigMessageTest.class.getDeclaredMethods()) {
            CsvSource source = method.getAnnotation(CsvSource.class);
            if (source != null) {
                List.of(source.value()).forEach(line -> tested.add(line.strip()));
                source.textBlock()
                        .lines()
                        .forEach(line -> tested.add(line.replaceAll("\\|.*", "")));
            }
        }
        for (ConfigKey<?> key : ConfigKeys.ALL) {
            assertTrue(tested.contains(key.name()), key.name());
        }
    }

    @Test
    void list_brokenInTheEnvironment_isRefused() {
        String allowed =
                "; allowed is a list of hosts (each a host name, an IP address or *.example.com)";
        for (String value : List.of("[\"a.example\"", "[\"a.example\"] b", "a b,c")) {
            assertEquals(
                    "CLAWSEC_TUNNEL_HOSTS is " + value + allowed,
                    variableMessage(Map.of("CLAWSEC_TUNNEL_HOSTS", value)));
        }
    }

    @Test
    void password_inAWrongValue_isNotRepeated() throws IOException {
        assertEquals(
                file()
                        + " line 1: upstream_proxy is \"http://...@proxy.example\"; allowed is"
                        + " http://[user:password@]host:port, or null for none",
                fileMessage("{\"upstream_proxy\": \"http://me:secret@proxy.example\"}"));
        assertEquals(
                file()
                        + " line 1: unknown key \"upstream_prxy\" (set to"
                        + " \"http://...@proxy.example:1\"); did you mean upstream_proxy?",
                fileMessage("{\"upstream_prxy\": \"http://me:secret@proxy.example:1\"}"));
    }

    @ParameterizedTest
    @CsvSource({
        "u:hunter2@h:1,...@h:1",
        "https://u:pa/55word@h:1,https://...@h:1",
        "http://u:p a@s@h,http://...@h",
        "x//u:hunter2@h:1,...@h:1"
    })
    void password_inAnyWrongValue_isNotRepeated(String value, String shown) throws IOException {
        String allowed = "; allowed is http://[user:password@]host:port, or null for none";
        assertEquals(
                "CLAWSEC_UPSTREAM_PROXY is " + shown + allowed,
                variableMessage(Map.of("CLAWSEC_UPSTREAM_PROXY", value)));
        assertEquals(
                file() + " line 1: upstream_proxy is \"" + shown + "\"" + allowed,
                fileMessage("{\"upstream_proxy\": \"" + value + "\"}"));
        assertEquals(
                file() + " line 1: upstream_proxy is [\"" + shown + "\"]" + allowed,
                fileMessage("{\"upstream_proxy\": [\"" + value + "\"]}"));
    }

    @Test
    void longValue_isCutAndPrintable() throws IOException {
        assertEquals(
                file()
                        + " line 1: log_level is \""
                        + "\\u001b\\n\\t"
                        + "x".repeat(RawValue.SHOWN_CHARS - 11)
                        + "...; allowed is one of DEBUG, INFO, WARNING, ERROR",
                fileMessage("{\"log_level\": \"\\u001b\\n\\t" + "x".repeat(500) + "\"}"));
    }

    @Test
    void unknownKey_nearAKey_asksWhetherThatWasMeant() throws IOException {
        assertEquals(
                file() + " line 3: unknown key \"proxy_prot\" (set to 9); did you mean proxy_port?",
                fileMessage("{\n\"log_level\": \"INFO\",\n\"proxy_prot\": 9}"));
    }

    @Test
    void unknownKey_nearNone_listsTheKeys() throws IOException {
        assertEquals(
                file()
                        + " line 1: unknown key \"colour\" (set to \"red\"); allowed are "
                        + ALL_KEYS,
                fileMessage("{\"colour\": \"red\"}"));
    }

    @Test
    void key_givenTwice_isRefused() throws IOException {
        assertEquals(
                file()
                        + " line 3: proxy_port is 2, but line 2 sets proxy_port to 1; allowed is"
                        + " one of the two",
                fileMessage("{\n\"proxy_port\": 1,\n\"proxy_port\": 2}"));
        assertEquals(
                file()
                        + " line 1: http_proxy_port is 2, but line 1 sets proxy_port to 1; allowed"
                        + " is one of the two (http_proxy_port is an older name of proxy_port)",
                fileMessage("{\"proxy_port\": 1, \"http_proxy_port\": 2}"));
        assertEquals(
                "CLAWSEC_PROXY_PORT and CLAWSEC_HTTP_PROXY_PORT are both set; allowed is one of the"
                        + " two (http_proxy_port is an older name of proxy_port)",
                variableMessage(Map.of("CLAWSEC_PROXY_PORT", "1", "CLAWSEC_HTTP_PROXY_PORT", "1")));
    }

    @Test
    void variable_nearAKey_asksWhetherThatWasMeant() {
        assertEquals(
                "CLAWSEC_PROXY_PROT is no configuration key (set to 9); did you mean"
                        + " CLAWSEC_PROXY_PORT?",
                variableMessage(Map.of("CLAWSEC_PROXY_PROT", "9")));
        assertEquals(
                "clawsec_proxy_port is no configuration key (set to 9); did you mean"
                        + " CLAWSEC_PROXY_PORT?",
                variableMessage(Map.of("clawsec_proxy_port", "9")));
        assertEquals(
                "CLAWSEC_CONFG is no configuration key (set to a.json); did you mean"
                        + " CLAWSEC_CONFIG?",
                variableMessage(Map.of("CLAWSEC_CONFG", "a.json")));
    }

    @Test
    void file_notWhatItMustBe_isRefused() throws IOException {
        String notAnObject =
                file() + ": not a JSON object; allowed is one such as {\"proxy_port\": 8888}";
        assertEquals(notAnObject, fileMessage(""));
        assertEquals(notAnObject, fileMessage("[1]"));
        assertEquals(notAnObject, fileMessage("8888"));
        assertEquals(
                file() + " line 2: something follows the end of the JSON object",
                fileMessage("{\"proxy_port\": 1}\n{}"));
        assertEquals(
                file()
                        + " line 2: not JSON: Unexpected character ('}' (code 125)): was expecting"
                        + " double-quote to start field name",
                fileMessage("{\"proxy_port\": 1,\n}"));
        assertEquals(
                file()
                        + " line 1: not JSON: Unrecognized token 'proxy': was expecting (JSON"
                        + " String, Number, Array, Object or token 'null', 'true' or 'false')",
                fileMessage("proxy: 1"));
        assertEquals(
                file()
                        + " line 1: not JSON: Unexpected end-of-input: expected close marker for"
                        + " Object",
                fileMessage("{"));
    }

    @Test
    void file_notThere_isRefused() {
        assertEquals(
                "cannot read /there/is/none.json: no such file or folder",
                variableMessage(Map.of("CLAWSEC_CONFIG", "/there/is/none.json")));
        assertEquals(
                "CLAWSEC_CONFIG is empty; allowed is a path of a file",
                variableMessage(Map.of("CLAWSEC_CONFIG", "")));
        assertEquals(
                "cannot read " + folder + ": Is a directory",
                variableMessage(Map.of("CLAWSEC_CONFIG", folder.toString())));
    }

    @Test
    void flag_withAWrongValue_isNamed() {
        FlagValue flag = new FlagValue("--port", ConfigKeys.PROXY_PORT, "x");
        ConfigException refused =
                assertThrows(
                        ConfigException.class,
                        () ->
                                ConfigLoader.load(
                                        new GivenFlags(Optional.empty(), List.of(flag)), Map.of()));
        assertEquals(
                "--port is x; allowed is a whole number from 0 to 65535", refused.getMessage());
    }

    private Path file() {
        return folder.resolve("clawsec.json");
    }

    private String fileMessage(String content) throws IOException {
        Files.writeString(file(), content);
        ConfigException refused =
                assertThrows(
                        ConfigException.class,
                        () ->
                                ConfigLoader.load(
                                        new GivenFlags(Optional.of(file().toString()), List.of()),
                                        Map.of()),
                        content);
        return String.valueOf(refused.getMessage());
    }

    private static String variableMessage(Map<String, String> environment) {
        ConfigException refused =
                assertThrows(
                        ConfigException.class,
                        () -> ConfigLoader.load(GivenFlags.NONE, environment),
                        environment::toString);
        return String.valueOf(refused.getMessage());
    }
}
