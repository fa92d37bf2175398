package clawsec.ctl.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values that are right each by itself and not together. */
class ConfigContradictionTest {
    @TempDir private Path folder;

    @Test
    void keys_thatContradictEachOther_areRefused() throws IOException {
        assertEquals(
                file()
                        + " line 1: proxy_port is 18790, and so is gateway_local_port by default;"
                        + " they must differ",
                fileMessage("{\"proxy_port\": 18790}"));
        assertEquals(
                file()
                        + " line 2: gateway_local_port is 8888, and so is proxy_port by default;"
                        + " they must differ",
                fileMessage("{\n\"gateway_local_port\": 8888}"));
        assertEquals(
                "CLAWSEC_PROXY_PORT is 9, and so is CLAWSEC_GATEWAY_LOCAL_PORT; they must differ",
                variableMessage(
                        Map.of("CLAWSEC_PROXY_PORT", "9", "CLAWSEC_GATEWAY_LOCAL_PORT", "9")));
        assertEquals(
                file()
                        + " line 1: gateway_local_port is 18789, and so is gateway_target_port by"
                        + " default; they must differ",
                fileMessage("{\"gateway_local_port\": 18789}"));
        assertEquals(
                file()
                        + " line 1: gateway_target_port is 8888, and so is proxy_port by default;"
                        + " they must differ",
                fileMessage("{\"gateway_target_port\": 8888}"));
        assertEquals(
                "%1$s line 1: enable_http_proxy, %1$s line 1: enable_gateway_proxy and %1$s line 1:"
                                .formatted(file())
                        + " enable_ssh_watcher are all false; at least one must be true",
                fileMessage(
                        "{\"enable_http_proxy\": false, \"enable_gateway_proxy\": false,"
                                + " \"enable_ssh_watcher\": false}"));
    }

    @Test
    void upstreamProxy_thatIsTheMonitorItself_isRefused() throws IOException {
        assertEquals(
                file()
                        + " line 1: upstream_proxy is http://localhost:8888, where this monitor"
                        + " itself listens (proxy_host, proxy_port); allowed is another proxy",
                fileMessage("{\"upstream_proxy\": \"http://u:p@localhost:8888\"}"));
        assertEquals(
                "CLAWSEC_UPSTREAM_PROXY is http://127.0.0.1:18790, where this monitor itself"
                        + " listens (gateway_local_port); allowed is another proxy",
                variableMessage(Map.of("CLAWSEC_UPSTREAM_PROXY", "http://127.0.0.1:18790")));
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1,   http://127.0.0.1:8888,   true",
        "localhost,   http://127.0.0.1:8888,   true",
        "127.0.0.1,   http://0.0.0.0:8888,     true",
        "0.0.0.0,     http://127.0.0.2:8888,   true",
        "::,          http://localhost:8888,   true",
        "::1,         http://[::1]:8888,       true",
        "0.0.0.0,     http://[::1]:8888,       true",
        "Proxy.test,  http://proxy.test:8888,  true",
        "127.0.0.1,   http://127.0.0.1:8889,   false",
        "127.0.0.1,   http://127.0.0.2:8888,   false",
        "127.0.0.1,   http://[::1]:8888,       false",
        "0.0.0.0,     http://192.0.2.1:8888,   false",
        "127.0.0.1,   http://proxy.test:8888,  false"
    })
    void upstreamProxy_leadsToAListener(String listenHost, String url, boolean expected) {
        assertEquals(expected, ProxyAddress.parse(url).orElseThrow().leadsTo(listenHost, 8888));
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
