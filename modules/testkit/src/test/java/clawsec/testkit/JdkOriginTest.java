package clawsec.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class JdkOriginTest {
    @Test
    void requests_areRememberedInOrder() throws Exception {
        try (JdkOrigin origin = JdkOrigin.open();
                RawClient client =
                        RawClient.connect(Integer.parseInt(origin.authority().split(":", -1)[1]))) {
            client.send("PUT /a?b HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nhi");
            assertEquals("seen", client.readResponse().text());
            client.send("HEAD / HTTP/1.1\r\nHost: y\r\n\r\n");
            assertEquals(200, client.readResponse(true).status());
            assertEquals(
                    List.of(
                            new JdkOrigin.Request("PUT", "/a?b", "x", "hi"),
                            new JdkOrigin.Request("HEAD", "/", "y", "")),
                    origin.requests());
        }
    }
}
