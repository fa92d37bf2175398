package clawsec.proxy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import clawsec.testkit.RawClient;
import clawsec.testkit.WireMessage;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the monitor answers when it is asked itself. */
class OwnPagesTest {
    @TempDir Path folder;

    private WireMessage ask(String request) throws Exception {
        try (ProxyFixture proxy = ProxyFixture.open(folder);
                RawClient client = proxy.client()) {
            return client.send(request.replace("PORT", String.valueOf(proxy.port())))
                    .readResponse(request.startsWith("HEAD"));
        }
    }

    private WireMessage get(String path, String host) throws Exception {
        return ask("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\n\r\n");
    }

    @Test
    void frontPage_saysThatItRuns_andHowToUseIt() throws Exception {
        for (String host : List.of("localhost:PORT", "127.0.0.1:PORT", "[::1]:PORT", "10.0.0.1")) {
            WireMessage page = get("/?x=y", host);
            assertEquals(200, page.status(), host);
            assertEquals(Optional.of("text/html; charset=utf-8"), page.field("Content-Type"));
            assertTrue(page.text().contains("ClawSec Monitor is running"), page.text());
            assertTrue(page.text().contains("HTTPS_PROXY=http://127.0.0.1:"), page.text());
            assertTrue(page.text().contains("href=\"/ca.crt\""), page.text());
        }
        assertEquals(200, ask("GET / HTTP/1.0\r\n\r\n").status());
    }

    @Test
    void rootCertificate_canBeDownloadedInBothForms() throws Exception {
        CertificateFactory certificates = CertificateFactory.getInstance("X.509");
        try (ProxyFixture proxy = ProxyFixture.open(folder);
                RawClient client = proxy.client()) {
            byte[][] forms = new byte[2][];
            for (String name : List.of("ca.crt", "ca.der")) {
                client.send("GET /" + name + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
                WireMessage response = client.readResponse();
                assertEquals(200, response.status());
                assertEquals(
                        Optional.of("attachment; filename=\"clawsec-" + name + "\""),
                        response.field("Content-Disposition"));
                Certificate root =
                        certificates.generateCertificate(new ByteArrayInputStream(response.body()));
                forms[name.equals("ca.der") ? 1 : 0] = root.getEncoded();
                boolean isText = response.text().startsWith("-----BEGIN CERTIFICATE-----");
                assertEquals(name.equals("ca.crt"), isText);
            }
            assertArrayEquals(forms[0], forms[1]);
        }
    }

    @Test
    void head_isAnsweredWithoutContent() throws Exception {
        WireMessage head = ask("HEAD / HTTP/1.1\r\nHost: localhost\r\n\r\n");
        assertEquals(200, head.status());
        assertTrue(Integer.parseInt(head.field("Content-Length").orElseThrow()) > 100);
    }

    @Test
    void otherPaths_areNotFound() throws Exception {
        WireMessage response = get("/admin", "localhost");
        assertEquals(404, response.status());
        assertEquals(Optional.of("nosniff"), response.field("X-Content-Type-Options"));
        assertTrue(response.text().contains("no page /admin"), response.text());
    }

    @Test
    void otherMethods_areNotAllowed() throws Exception {
        WireMessage response =
                ask("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\n\r\nabc");
        assertEquals(405, response.status());
        assertEquals(Optional.of("GET, HEAD"), response.field("Allow"));
        assertEquals(405, ask("OPTIONS * HTTP/1.1\r\nHost: localhost\r\n\r\n").status());
    }

    @Test
    void foreignHost_isMisdirected_soThatNoPageReadsOursByRebinding() throws Exception {
        WireMessage response = get("/ca.crt", "evil.example:PORT");
        assertEquals(421, response.status());
        assertTrue(response.text().contains("HTTP_PROXY"), response.text());
    }
}
