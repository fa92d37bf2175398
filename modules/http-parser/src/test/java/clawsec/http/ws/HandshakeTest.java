package clawsec.http.ws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import clawsec.http.FieldLine;
import clawsec.http.Fields;
import clawsec.http.Violation;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A switch to WebSocket that a client would have to refuse (RFC 6455 §4.1). */
class HandshakeTest {
    private static final Fields REQUEST =
            Fields.of(new FieldLine("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="));
    private static final Fields RESPONSE =
            Fields.of(
                    new FieldLine("upgrade", "WebSocket"),
                    new FieldLine("Connection", "keep-alive, upgrade"),
                    new FieldLine("Sec-WebSocket-Accept", "s3pPLMBiTxaQ9kYGzzhZRbK+xOo="));

    @Test
    void rfc6455_1_3_acceptOfTheSampleNonce() {
        assertEquals("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=", Handshake.accept("dGhlIHNhbXBsZSBub25jZQ=="));
    }

    @Test
    void answerToTheKey_hasNoFault() {
        assertEquals(Optional.empty(), Handshake.fault(REQUEST, RESPONSE));
    }

    @Test
    void switchToAnythingElse_isAFault() {
        assertFault("is to WebSocket", REQUEST, without("Upgrade"));
        assertFault("is to WebSocket", REQUEST, RESPONSE.withOnly("Upgrade", "h2c"));
        assertFault("is to WebSocket", REQUEST, RESPONSE.withOnly("Upgrade", "websocket, h2c"));
        assertFault("Connection", REQUEST, without("Connection"));
    }

    @Test
    void answerToAnotherKey_orToNone_isAFault() {
        assertFault("key", REQUEST, without("Sec-WebSocket-Accept"));
        assertFault("key", REQUEST, RESPONSE.withOnly("Sec-WebSocket-Accept", "x"));
        assertFault("key", REQUEST, RESPONSE.with("Sec-WebSocket-Accept", "x"));
        assertFault("key", Fields.EMPTY, RESPONSE);
        assertFault("key", REQUEST.with("Sec-WebSocket-Key", "x"), RESPONSE);
    }

    private static Fields without(String name) {
        return RESPONSE.without(line -> line.isNamed(name));
    }

    private static void assertFault(String says, Fields request, Fields response) {
        Violation fault = Handshake.fault(request, response).orElseThrow();
        assertEquals(502, fault.status());
        assertTrue(fault.detail().contains(says), fault::detail);
    }
}
